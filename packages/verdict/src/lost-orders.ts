// How many orders a launch lost: an estimate from shoppers who left without getting through, never more than there was left to sell. Pure.
//
//   lost = Σ over classes that ordered: (gave up + turned away + still waiting at the end) × confirmed orders ÷ visits that finished
//
// It takes those who left for as eager as those who stayed. A journey that ends early by itself has finished, and lost nothing.
import type { Cut, RunEnd } from '@doorbuster/measurements'
import type { Orders } from '@doorbuster/plan'
import { counted, countFigure, shareFigure } from './figures.ts'
import type { LostOrders, ProductFacts } from './ledger-facts.ts'

export type LostGiven = {
  /** Who was still under way when its drain was over waited too long; who was cut off by a stop of ours was lost by us. */
  readonly stoppedBy: RunEnd['stoppedBy']
  /** Visits by class and phase. */
  readonly visits: readonly Pick<Cut, 'name' | 'counts' | 'causes'>[]
  /** Confirmed orders by class. */
  readonly ordered: ReadonlyMap<string, number>
  readonly products: readonly Pick<ProductFacts, 'stock' | 'sold'>[]
  readonly basket: Orders['basket'] | undefined
}

/** Null when nobody left early, or nobody finished whom one could go by. */
export function lostOrders({ stoppedBy, visits, ordered, products, basket }: LostGiven): LostOrders | null {
  let left = 0
  let finished = 0
  let orders = 0
  let lost = 0
  for (const [name, confirmed] of ordered) {
    const own = visits.filter((visit) => visit.name === name)
    const through = own.reduce((sum, { counts }) => sum + counts.ok + counts.degraded, 0)
    const gone = own.reduce((sum, visit) => sum + lostByShop(visit, stoppedBy), 0)
    if (through === 0) continue
    left += gone
    finished += through
    orders += confirmed
    lost += gone * (confirmed / through)
  }
  const unsold = unsoldPieces(products)
  const count = Math.round(unsold === null ? lost : Math.min(lost, unsold))
  if (count === 0) return null
  const cents = basket === undefined ? null : count * basket.cents
  const capped =
    unsold !== null && lost > unsold ? `, and no more than ${counted(unsold, 'piece')} ${unsold === 1 ? 'was' : 'were'} left to sell` : ''
  const money = cents === null ? '' : `, worth ${moneyFigure(cents, basket?.currency)}`
  const why = `${counted(left, 'shopper')} of classes that order left without getting through, and ${countFigure(orders)} orders came from ${countFigure(finished)} who did (${shareFigure(orders / finished)})`
  return { orders: count, cents, text: `about ${counted(count, 'order')} were lost${money}: ${why}${capped}` }
}

/** A journey's own error is no shop's doing. */
function lostByShop({ counts, causes }: LostGiven['visits'][number], stoppedBy: RunEnd['stoppedBy']): number {
  return counts.failed - (causes.threw ?? 0) - (stoppedBy === 'end' ? 0 : (causes.cut ?? 0))
}

/** Null where the stock of something is not known. */
function unsoldPieces(products: LostGiven['products']): number | null {
  let unsold = 0
  for (const { stock, sold } of products) {
    if (stock === null) return null
    unsold += Math.max(0, stock - sold.least)
  }
  return products.length === 0 ? null : unsold
}

function moneyFigure(cents: number, currency: string | undefined): string {
  // A folder may have been damaged, and a currency that is none would throw.
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency))
    return (cents / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(cents / 10 ** digits).replace(/\u00a0/g, ' ')
}
