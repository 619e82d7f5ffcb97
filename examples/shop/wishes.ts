// What a shopper sent, checked before anything is done with it. Text in, a value or the reason why not out.

export type Asked = { readonly sku: string; readonly qty: number; readonly cart?: string; readonly key?: string }
type Parsed = { readonly asked: Asked } | { readonly problem: string }

const mostPerOrder = 10
const longestText = 200

export function parseAsked(body: string): Parsed {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null) return { problem: 'expected a JSON object such as {"sku": "tv-55", "qty": 1}' }
  const { sku, qty, cart, key } = value as Readonly<Record<string, unknown>>
  if (!isText(sku)) return { problem: `sku: expected text of 1 to ${longestText} characters` }
  if (!isQty(qty)) return { problem: `qty: expected a whole number from 1 to ${mostPerOrder}` }
  if (cart !== undefined && !isText(cart)) return { problem: 'cart: expected the id that POST /cart gave' }
  if (key !== undefined && !isText(key)) return { problem: `key: expected text of 1 to ${longestText} characters` }
  return { asked: { sku, qty, ...(cart === undefined ? {} : { cart }), ...(key === undefined ? {} : { key }) } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longestText
}

function isQty(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostPerOrder
}
