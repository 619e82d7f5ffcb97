// What a look at one answer needs to know of it, and the finding that comes of it.
import type { Finding, FindingKind } from '@doorbuster/measurements'
import type { Answered } from '@doorbuster/wire'
import { cacheOf, nodeOf } from './answer-marks.ts'
import { coverPersonal } from './personal-data.ts'

/** One answer, and whose it is. */
export type Seen = {
  readonly answer: Answered
  readonly method: string
  readonly step: string
  /** Arrival number of the shopper who got it. */
  readonly viewer: number
  /** The body as it was before it was packed; null: there is none, or it cannot be unpacked. */
  readonly body: () => Uint8Array | null
}

export type Find = Pick<Finding, 'where' | 'field' | 'owners' | 'sample'>

/** `Find` in one answer; it counts once, however often the answer holds it. */
export function findingOf(kind: FindingKind, { answer, step, viewer }: Seen, find: Find): Finding {
  const { doneMs } = answer
  const marks = { cache: told(cacheOf(answer)), node: told(nodeOf(answer)) }
  // Headers and cookies are named by the target too.
  const place = { where: coverPersonal(find.where), field: coverPersonal(find.field) }
  return { kind, step, ...find, ...place, count: 1, firstMs: doneMs, lastMs: doneMs, viewers: [viewer], ...marks }
}

function told(marks: string | null): string | null {
  return marks === null ? null : coverPersonal(marks)
}

export function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
