// Stampede: how often a herd of identical requests made the origin fetch what one fetch would have served. 1 where caches join them together.
//
//   stampede = fetches in the worst herd ÷ (cold keys of a herd × edges)
import type { OriginFetches, RunStart } from '@doorbuster/measurements'
import type { Origin } from '@doorbuster/plan'
import { counted, countFigure, figure } from './figures.ts'
import type { Measure, Measured } from './measure.ts'
import type { Ending } from './watch.ts'

type Cold = Pick<Origin, 'keys' | 'edges'>
type Read = { readonly herd: number; readonly atMs: number; readonly fetches: number }

export class Stampede implements Measure {
  readonly #cold: Cold | null
  readonly #hasHerd: boolean
  readonly #read: Read[] = []
  /** Why a herd could not be read, each in words. */
  readonly #unread: string[] = []

  constructor({ plan, phases }: RunStart) {
    this.#cold = coldOf(plan)
    this.#hasHerd = phases.some(({ name }) => name === 'herd')
  }

  window(): void {}

  add({ herd, atMs, before, after, because }: OriginFetches): void {
    if (before === null || after === null) this.#unread.push(`herd ${herd} could not be read: ${because ?? 'nothing was said'}`)
    else if (after < before) this.#unread.push(`herd ${herd} could not be read: the count went down, from ${before} to ${after}`)
    else this.#read.push({ herd, atMs, fetches: after - before })
  }

  finish({ end }: Ending): Measured {
    if (!this.#hasHerd) return unjudged('the traffic has no phase herd')
    if (this.#cold === null) return unjudged('the plan does not say where fetches of the origin are counted')
    const [worst] = this.#read.toSorted((one, other) => other.fetches - one.fetches)
    const [unread] = this.#unread
    if (worst === undefined) return unjudged(unread ?? 'no herd was over')
    // Nobody fetched: every key was warm, and nothing was put to the test.
    if (worst.fetches === 0) return unjudged(unread ?? 'no key was cold: the origin was asked in none of the herds')
    return this.#seen(worst, this.#cold, end.stoppedBy === 'end' ? null : 'the run was stopped')
  }

  #seen({ herd, atMs, fetches }: Read, { keys, edges }: Cold, stopped: string | null): Measured {
    const value = fetches / (keys * edges)
    const cold = `${counted(keys, 'cold key')}${edges > 1 ? ` at ${counted(edges, 'edge')}` : ''}`
    const most = this.#read.length > 1 ? `, the most of ${countFigure(this.#read.length)} herds` : ''
    const unseen = this.#unread[0] ?? stopped
    const because = `herd ${herd} made the origin work ${counted(fetches, 'time')} for ${cold}, ${figure(value, 'factor')}${most}`
    const words = unseen === null ? because : `${because}; ${unseen}`
    return {
      kind: 'seen',
      value,
      low: null,
      high: null,
      samples: this.#read.length,
      because: words,
      fromMs: atMs,
      watched: null,
      isAtLeast: unseen !== null,
    }
  }
}

function unjudged(why: string): Measured {
  return { kind: 'unknown', because: `stampede was not judged: ${why}` }
}

/** Its form was looked at when the folder was read. */
function coldOf(plan: unknown): Cold | null {
  const found: unknown = typeof plan === 'object' && plan !== null ? Reflect.get(plan, 'origin') : undefined
  return found === undefined ? null : (found as Cold)
}
