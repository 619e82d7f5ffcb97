// Every canary in some bytes, in one pass for small letters and one for capitals, however many shoppers there are. Knows nothing of who looks.
import type { Canary } from './canary.ts'
import { canaryLetters, markOffset, readCanary, soughtMark } from './canary.ts'
import { isPhoneOf, readPhone, soughtPhone } from './phone.ts'

type Place = { readonly at: number; readonly end: number }
export type CanaryHit = Place & Canary
export type PhoneHit = Place & { readonly owner: number }

/** A page that lists a whole crowd is one finding, not ten thousand. */
const mostHits = 1_000
/** What earlier rehearsals left behind, such as reviews, must not hide what this one leaks. */
const mostEarlier = 100
/** No arrival has this number. */
const nobody = 0
const marks = [Buffer.from(soughtMark), Buffer.from(soughtMark.toUpperCase())]
const phoneMark = Buffer.from(soughtPhone)
const none: readonly never[] = []

/**
 * With a run: not what is the viewer's own in it, and of other runs only the first ones. Neither counts towards the most hits, or a page that
 * greets its viewer a thousand times would hide whatever stands behind; both cost no more than the bytes that they stand in.
 */
export function findCanaries(bytes: Buffer, run: number | null = null, viewer = nobody): readonly CanaryHit[] {
  let hits: CanaryHit[] | null = null
  let counted = 0
  let earlier = 0
  for (const mark of marks) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      const canary = readCanary(bytes, at - markOffset)
      if (canary === null || (canary.run === run && canary.owner === viewer)) continue
      const isEarlier = run !== null && canary.run !== run
      if (isEarlier && ++earlier > mostEarlier) continue
      hits ??= []
      hits.push({ at: at - markOffset, end: at - markOffset + canaryLetters, ...canary })
      if (!isEarlier && ++counted >= mostHits) return hits
    }
  }
  return hits ?? none
}

/** Not the viewer's own. */
export function findPhones(bytes: Buffer, run: number, viewer = nobody): readonly PhoneHit[] {
  let hits: PhoneHit[] | null = null
  for (let at = bytes.indexOf(phoneMark); at >= 0; at = bytes.indexOf(phoneMark, at + 1)) {
    // In the middle of a longer number, as prices of many nines have it.
    const found = isDigit(bytes[at - 1] ?? 0) ? null : readPhone(bytes, at, run)
    if (found === null || isPhoneOf(found.owner, viewer)) continue
    hits ??= []
    if (hits.push({ at, ...found }) >= mostHits) return hits
  }
  return hits ?? none
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
