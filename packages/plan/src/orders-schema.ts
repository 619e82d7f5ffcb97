// The plan's key `orders` as it is written → as a plan keeps it. Knows nothing of shoppers or of how the shop's books are read.
import { z } from 'zod'
import { duration } from './duration-schema.ts'
import type { Orders } from './orders.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import type { RateText } from './units.ts'
import { parseRate } from './units.ts'

const wholeWords = 'a whole number above zero'
const whole = z.int({ error: wholeWords }).positive({ error: wholeWords })

const rateWords = 'a rate above zero such as "25/s"'

function rate(description: string): z.ZodType<number, RateText> {
  const readRate = (given: RateText): number => {
    const perSec = parseRate(given)
    if (perSec === 0) throw new PlanError('PLAN_INVALID', [problem('', rateWords, given)])
    return perSec
  }
  return z
    .union([z.string(), z.number()], { error: rateWords })
    .transform(through(readRate))
    .describe(`${description} A number is per second.`)
}

const pathWords = 'a path that begins with one "/", without spaces or "#"'
const path = z.string({ error: pathWords }).regex(/^\/(?!\/)[^\s#]*$/, { error: pathWords })

const memberWords = 'the name of a JSON member, such as "sold" or "data.sold"'
const member = z.string({ error: memberWords }).regex(/^[^.\s]+(?:\.[^.\s]+)*$/, { error: memberWords })

const skuWords = 'a product of 1 to 100 characters on one line'
const sku = z.string({ error: skuWords }).regex(/^[^\p{Cc}]{1,100}$/u, { error: skuWords })
const piecesWords = 'a whole number of pieces, zero or above'
const stockWords = 'pieces by product such as { "tv-55": 500 }, or a list of products whose stock the shop tells'
const mostProducts = 200

const written = strict(
  {
    stock: z
      .union(
        [
          z.record(sku, z.int({ error: piecesWords }).min(0, { error: piecesWords }), { error: stockWords }),
          z.array(sku, { error: stockWords }),
        ],
        { error: stockWords },
      )
      .describe('Pieces to sell when the run begins, by product; or a list of products, and the shop says how many there are.'),
    count: strict(
      {
        get: path.describe('Path to GET; {sku} becomes the product.'),
        sold: member.optional().describe('Member of the answer that says how many pieces are sold and not taken back.'),
        stock: member.optional().describe('Member of the answer that says how many pieces are left.'),
      },
      "where the shop tells its own count, such as { get: '/stock/{sku}', sold: 'sold', stock: 'stock' }",
    )
      .optional()
      .describe(
        'Where the shop tells its own count of a product; read before, during and after the run, at most once a second while it lasts.',
      ),
    order: strict(
      {
        get: path.describe('Path to GET; {key} becomes the idempotency key of an order, {id} its name.'),
        id: member.default('id').describe('Member that names the order; "id" by default.'),
      },
      "where the shop tells of one order, such as { get: '/orders/by-key/{key}' }",
    )
      .optional()
      .describe(
        'Where the shop tells of one order: an object, a list, or 404 for none. Asked after the run for orders whose answer nobody saw.',
      ),
    settleWithin: duration("Longest time that the shop's books may take to come right after the run; 5s by default.", {
      aboveZero: false,
    }).default(5e3),
    perShopper: whole.optional().describe('Most pieces of one product that one shopper may get.'),
    forecast: rate('Orders that the launch is expected to bring at its height.').optional(),
    providerLimit: rate('Calls that the payment provider takes.').optional(),
    callsPerOrder: z
      .number({ error: 'a number above zero' })
      .positive({ error: 'a number above zero' })
      .default(1)
      .describe('Calls of the payment provider that one order costs; 1 by default.'),
    basket: strict(
      {
        cents: whole.describe('In the smallest unit of money.'),
        currency: z
          .string({ error: 'a currency such as "EUR"' })
          .regex(/^[A-Z]{3}$/, { error: 'three capital letters such as "EUR"' })
          .optional()
          .describe('Code of the currency, as in ISO 4217.'),
      },
      "what an order is worth, such as { cents: 12900, currency: 'EUR' }",
    )
      .optional()
      .describe('What one order is worth: lost orders are told in money, too.'),
  },
  "what there is to sell, such as { stock: { 'tv-55': 500 } }",
)

export type OrdersInput = z.input<typeof written>

export const ordersSchema = written
  .transform(through(readOrders))
  .describe(
    'What there is to sell and how the shop tells of it: sold at most once, never more than there is. Turns on the judging of orders.',
  )

function readOrders(given: z.output<typeof written>): Orders {
  const { count, order, settleWithin, perShopper, forecast, providerLimit, callsPerOrder, basket } = given
  const stock = Array.isArray(given.stock) ? Object.fromEntries(given.stock.map((each) => [each, null] as const)) : { ...given.stock }
  const problems = [...stockProblems(given.stock, stock, count), ...placeProblems(stock, count?.get, order?.get)]
  if (count !== undefined && count.sold === undefined && count.stock === undefined)
    problems.push(problem('count', 'a member that says what is sold or what is left, such as sold: "sold"', undefined))
  if (problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  return {
    stock,
    ...(count !== undefined && { count: defined(count) }),
    ...(order !== undefined && { order }),
    settleMs: settleWithin,
    ...(perShopper !== undefined && { perShopper }),
    ...(forecast !== undefined && { forecastPerSec: forecast }),
    ...(providerLimit !== undefined && { provider: { limitPerSec: providerLimit, callsPerOrder } }),
    ...(basket !== undefined && { basket: defined(basket) }),
  }
}

function stockProblems(given: unknown, stock: Orders['stock'], count: { readonly stock?: string | undefined } | undefined): Problem[] {
  const products = Object.keys(stock).length
  if (products === 0 || products > mostProducts) return [problem('stock', `1 to ${mostProducts} products`, products)]
  if (!Array.isArray(given) || count?.stock !== undefined) return []
  return [problem('count', 'where the shop tells its stock, since no number of pieces is given: { get, stock }', count)]
}

/** A path that names no product cannot tell of several. */
function placeProblems(stock: Orders['stock'], countPath: string | undefined, orderPath: string | undefined): Problem[] {
  const problems: Problem[] = []
  if (countPath !== undefined && Object.keys(stock).length > 1 && !countPath.includes('{sku}'))
    problems.push(problem('count', 'a path with {sku} in it, since there are several products', countPath))
  if (orderPath !== undefined && !/\{(?:key|id)\}/.test(orderPath))
    problems.push(problem('order', 'a path with {key} or {id} in it', orderPath))
  return problems
}

type Defined<T> = { readonly [Name in keyof T]: Exclude<T[Name], undefined> }

/** Without the members that are undefined. */
function defined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>
}
