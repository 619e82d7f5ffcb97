// Watches one objective on the ledger. What is certain may stop the run at once; the rest is judged when the shop has told what it knows.
import type { Objective } from '@doorbuster/plan'
import { isHeld } from './compare.ts'
import { counted, countFigure, secondsFigure } from './figures.ts'
import { noData } from './findings.ts'
import type { Judged, Ledger } from './ledger.ts'
import type { Range } from './ledger-facts.ts'
import { range, sayDuplicates, sayMismatches, sayOversold, saySilence } from './ledger-sentences.ts'
import type { Books } from './reconcile.ts'
import { requirement } from './sentences.ts'
import type { Finding, Sighting, Watch } from './watch.ts'

export class LedgerWatch implements Watch {
  readonly #objective: Objective
  readonly #of: Judged
  readonly #ledger: Ledger
  #hasStopped = false

  constructor(objective: Objective, of: Judged, ledger: Ledger) {
    this.#objective = objective
    this.#of = of
    this.#ledger = ledger
  }

  window({ startMs, lastingMs }: { readonly startMs: number; readonly lastingMs: number }): Sighting | null {
    return this.look(startMs + lastingMs)
  }

  /** Also asked when the shop has said something. */
  look(atMs: number): Sighting | null {
    const { onBreach } = this.#objective
    if (onBreach.kind !== 'abort' || this.#hasStopped || atMs < onBreach.afterMs) return null
    const value = this.#ledger.soFar(this.#of)
    if (isHeld(this.#objective, value)) return null
    this.#hasStopped = true
    const because = `${this.#of} was ${countFigure(value)} by ${secondsFigure(atMs)}, which stops the run; ${requirement(this.#objective)}`
    return { atMs, because, abort: true }
  }

  finish(): Finding {
    const books = this.#ledger.books()
    return emptiness(this.#of, books, this.#ledger) ?? this.#conclude(books)
  }

  #conclude(books: Books): Finding {
    const objective = this.#objective
    const value = foundOf(this.#of, books)
    const samples = books.orders.confirmed + books.orders.unknown
    const [low, high] = value.least === value.most ? [null, null] : [value.least, value.most]
    const isMissed = !isHeld(objective, value.least)
    if (!isMissed && !isHeld(objective, value.most)) {
      const because = `${this.#of} is ${range(value)} and cannot be told nearer, because the shop did not say what became of orders whose answer nobody saw (${this.#say(books)}); ${requirement(objective)}`
      return { ...noData(because), samples, low, high }
    }
    if (!isMissed && this.#of === 'mismatches' && books.silent.length > 0)
      return noData(`mismatches cannot be judged: ${saySilence(books)}`)
    const because = `${this.#of} was ${range(value)} over ${counted(samples, 'order')}${this.#aside(books)}; ${requirement(objective)}`
    const status = isMissed ? 'missed' : 'met'
    return { status, observed: value.least, samples, low, high, firstBreachMs: isMissed ? this.#ledger.firstMs(this.#of) : null, because }
  }

  #aside(books: Books): string {
    const text = this.#say(books)
    return text === '' ? '' : ` (${text})`
  }

  #say(books: Books): string {
    if (this.#of === 'oversold') return sayOversold(books)
    return this.#of === 'duplicates' ? (sayDuplicates(this.#ledger.book) ?? '') : sayMismatches(books)
  }
}

/** Null when there is something to judge. No data never passes: a launch at which nobody got anything shows nothing of its stock. */
function emptiness(of: Judged, { orders, products, mismatches }: Books, { rules }: Ledger): Finding | null {
  const isToldOf = orders.confirmed + orders.unknown + orders.refused > 0
  if (rules === null && !isToldOf) return noData(`${of} cannot be judged: this run kept no order ledger`)
  if (of === 'oversold' && products.every(({ oversold }) => oversold === null))
    return noData('oversold cannot be judged: nobody said how much there was to sell')
  const hasSold = orders.confirmed + orders.unknown > 0 || (of === 'oversold' && products.some(({ shopSold }) => (shopSold ?? 0) > 0))
  if (hasSold || mismatches.length > 0) return null
  const why = orders.refused > 0 ? `${counted(orders.refused, 'order')} refused, none confirmed` : 'nobody ordered'
  return noData(`${of} cannot be judged: ${why}`)
}

function foundOf(of: Judged, { products, duplicates, mismatches }: Books): Range {
  if (of === 'oversold') {
    const known = products.flatMap(({ oversold }) => oversold ?? [])
    return { least: sum(known.map(({ least }) => least)), most: sum(known.map(({ most }) => most)) }
  }
  const value = of === 'duplicates' ? duplicates : sum(mismatches.map(({ count }) => count))
  return { least: value, most: value }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
