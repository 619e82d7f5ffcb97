// Every canary in some bytes, in one pass for small letters and one for capitals, however many shoppers there are. Knows nothing of who looks.
import type { Canary } from './canary.ts'
import { canaryLetters, markOffset, readCanary, soughtMark } from './canary.ts'
import { readPhone, soughtPhone } from './phone.ts'

type Place = { readonly at: number; readonly end: number }
export type CanaryHit = Place & Canary
export type PhoneHit = Place & { readonly owner: number }

/** A page that lists a whole crowd is one finding, not ten thousand. */
const mostHits = 1_000
const marks = [Buffer.from(soughtMark), Buffer.from(soughtMark.toUpperCase())]
const phoneMark = Buffer.from(soughtPhone)
const none: readonly never[] = []

export function findCanaries(bytes: Buffer): readonly CanaryHit[] {
  let hits: CanaryHit[] | null = null
  for (const mark of marks) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      const canary = readCanary(bytes, at - markOffset)
      if (canary === null) continue
      hits ??= []
      if (hits.push({ at: at - markOffset, end: at - markOffset + canaryLetters, ...canary }) >= mostHits) return hits
    }
  }
  return hits ?? none
}

export function findPhones(bytes: Buffer, run: number): readonly PhoneHit[] {
  let hits: PhoneHit[] | null = null
  for (let at = bytes.indexOf(phoneMark); at >= 0; at = bytes.indexOf(phoneMark, at + 1)) {
    // In the middle of a longer number, as prices of many nines have it.
    const found = isDigit(bytes[at - 1] ?? 0) ? null : readPhone(bytes, at, run)
    if (found === null) continue
    hits ??= []
    if (hits.push({ at, ...found }) >= mostHits) return hits
  }
  return hits ?? none
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
