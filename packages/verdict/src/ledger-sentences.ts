// What the ledger found, in plain words with its figures. Decides nothing.
import { counted, countFigure } from './figures.ts'
import type { Range } from './ledger-facts.ts'
import type { OrderBook } from './order-book.ts'
import type { Books } from './reconcile.ts'

const mostTold = 5

/** `tv-55: 523 sold of 500, 23 too many; 3 of them unknown to us` for each product, those that were oversold first. */
export function sayOversold({ products }: Books): string {
  const known = products.flatMap(({ oversold, stock, ...rest }) =>
    oversold === null || stock === null ? [] : [{ ...rest, oversold, stock }],
  )
  const told = known.toSorted((a, b) => b.oversold.most - a.oversold.most)
  const texts = told.slice(0, mostTold).map(({ sku, sold, stock, oversold, confirmed, cancelled }) => {
    const unseen = sold.least - (confirmed - cancelled)
    const aside = oversold.least > 0 && unseen > 0 ? `; ${countFigure(unseen)} of them unknown to us` : ''
    return `${sku}: ${range(sold)} sold of ${countFigure(stock)}${tooMany(oversold)}${aside}`
  })
  return [...texts, ...(told.length > mostTold ? [`and ${counted(told.length - mostTold, 'more product')}`] : [])].join(', ')
}

function tooMany({ least, most }: Range): string {
  if (most === 0) return ''
  return least === most ? `, ${countFigure(least)} too many` : `, ${range({ least, most })} too many`
}

export function range({ least, most }: Range): string {
  return least === most ? countFigure(least) : `${countFigure(least)} to ${countFigure(most)}`
}

export function sayDuplicates({ problems }: OrderBook): string | null {
  const problem = problems.get('duplicate')
  if (problem === undefined) return null
  const { count, samples } = problem
  return `one idempotency key made more than one order ${counted(count, 'time')} (${samples.join('; ')}${count > samples.length ? '; …' : ''})`
}

export function sayMismatches({ mismatches }: Books): string {
  const texts = mismatches.slice(0, mostTold).map(({ text }) => text)
  return [...texts, ...(mismatches.length > mostTold ? [`and ${counted(mismatches.length - mostTold, 'more')}`] : [])].join('; ')
}

/** Why the shop's own count says nothing. */
export function saySilence({ silent }: Books): string {
  const [first] = silent
  const others = silent.length > 1 ? ` and of ${counted(silent.length - 1, 'more product')}` : ''
  return `the shop's own count of ${first?.sku ?? ''}${others} could not be read before and after the run (${first?.because ?? ''})`
}
