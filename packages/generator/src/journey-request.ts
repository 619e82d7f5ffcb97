// What a journey asks for, as the wire can send it. A journey's mistakes are thrown into the journey, never sent.
import type { RequestOptions } from '@doorbuster/plan'

export type JourneyRequest = {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** @throws TypeError for a path or header that HTTP cannot carry; the message never holds a header's value. */
export function journeyRequest(path: string, { json, body, headers = {} }: RequestOptions): JourneyRequest {
  const sent: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' }
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeaderName(name)) throw new TypeError(`not a header name: ${JSON.stringify(name)}`)
    if (!isHeaderValue(value)) throw new TypeError(`the value of header ${name} holds a character that HTTP cannot carry`)
    sent[name.toLowerCase()] = value
  }
  return { path: encoded(path), headers: sent, body: json === undefined ? (body ?? null) : JSON.stringify(json) }
}

/** `GET /p`: the method and the path alone, so that neither a query nor anything secret in a URL becomes a name. */
export function defaultStep(method: string, path: string): string {
  const pathname = /^https?:/i.test(path) && URL.canParse(path) ? new URL(path).pathname : path.replace(/[?#].*$/, '')
  return `${method} ${pathname}`
}

const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(name)
const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

/** As `new URL` writes it: what is not ASCII becomes percent signs and hexadecimal digits. */
function encoded(path: string): string {
  if (path.startsWith('//')) throw new TypeError(`a path begins with one "/": ${JSON.stringify(path)}`)
  if (/^https?:\/\//i.test(path)) return new URL(path).href
  if (/^[\x21-\x7e]*$/.test(path)) return path
  const { pathname, search } = new URL(path.startsWith('/') ? path : `/${path}`, 'http://localhost')
  return pathname + search
}
