// What a shopper sent, checked before anything is done with it. Text in, a value or the reason why not out.

export type Asked = { readonly sku: string; readonly qty: number; readonly cart?: string; readonly key?: string }
export type Login = { readonly email: string; readonly password: string }
export type Changed = { readonly name?: string; readonly address?: string; readonly phone?: string }
type Problem = { readonly problem: string }

const mostPerOrder = 10
const longestText = 200

export function parseAsked(body: string): { readonly asked: Asked } | Problem {
  const value = parseObject(body)
  if (value === undefined) return { problem: 'expected a JSON object such as {"sku": "tv-55", "qty": 1}' }
  const { sku, qty, cart, key } = value
  if (!isText(sku)) return { problem: `sku: expected text of 1 to ${longestText} characters` }
  if (!isQty(qty)) return { problem: `qty: expected a whole number from 1 to ${mostPerOrder}` }
  if (cart !== undefined && !isText(cart)) return { problem: 'cart: expected the id that POST /cart gave' }
  if (key !== undefined && !isText(key)) return { problem: `key: expected text of 1 to ${longestText} characters` }
  return { asked: { sku, qty, ...(cart === undefined ? {} : { cart }), ...(key === undefined ? {} : { key }) } }
}

export function parseLogin(body: string): { readonly login: Login } | Problem {
  const value = parseObject(body)
  if (value === undefined) return { problem: 'expected a JSON object such as {"email": "ada@shop.example", "password": "…"}' }
  const { email, password } = value
  if (!isText(email) || !email.includes('@')) return { problem: 'email: expected an e-mail address' }
  if (!isText(password)) return { problem: `password: expected text of 1 to ${longestText} characters` }
  return { login: { email, password } }
}

export function parseChanged(body: string): { readonly changed: Changed } | Problem {
  const value = parseObject(body)
  if (value === undefined) return { problem: 'expected a JSON object such as {"name": "Ada", "address": "1 Main Street"}' }
  const { name, address, phone } = value
  const wrong = Object.entries({ name, address, phone }).find(([, text]) => text !== undefined && !isText(text))
  if (wrong !== undefined) return { problem: `${wrong[0]}: expected text of 1 to ${longestText} characters` }
  return { changed: { name, address, phone } as Changed }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(text)
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
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
