// A request as bytes: worked out once, and for one sending only what that has differently. Opens nothing, sends nothing.
//
//   GET /p HTTP/1.1\r\n            method and path
//   host: shop.test\r\n …          headers: the prepared ones, then those of the patch
//   content-length: 7\r\n\r\n      whenever there is a body, and for methods that should have one
//   {"a":1}                        the body
import type { Body, FileBody, Headers, Patch, Prepared, WireRequest } from './transport.ts'

/** One sending: what goes out at once, and the file that follows it. */
export type RequestBytes = { readonly bytes: Buffer | string; readonly file: FileBody | null }

const crlf = '\r\n'
const version = ` HTTP/1.1${crlf}`

export class PreparedRequest implements Prepared {
  readonly request: WireRequest
  /** The place of its origin in the transport's own list. */
  readonly originIndex: number
  /** The host among them. */
  readonly #headers: Headers
  /** Null: a header that HTTP cannot carry. */
  readonly #lines: string | null
  readonly #names: ReadonlySet<string>
  readonly #whole: RequestBytes | null
  readonly #closes: boolean

  constructor(request: WireRequest, originIndex: number) {
    const { headers, path, body } = request
    this.request = request
    this.originIndex = originIndex
    this.#closes = saysClose(headers) ?? false
    this.#headers = hasHost(headers) ? headers : { host: hostOf(request.origin), ...headers }
    this.#names = new Set(Object.keys(this.#headers).map((name) => name.toLowerCase()))
    this.#lines = linesOf(this.#headers)
    const whole = this.#encode(path, this.#lines, body)
    this.#whole = typeof whole?.bytes === 'string' ? { ...whole, bytes: Buffer.from(whole.bytes, 'latin1') } : whole
  }

  /** Null: no HTTP request can carry it. */
  bytesOf(patch: Patch | null): RequestBytes | null {
    if (patch === null) return this.#whole
    const { path = this.request.path, headers, body = this.request.body } = patch
    return this.#encode(path, headers === undefined ? this.#lines : this.#with(headers), body)
  }

  /** The connection ends with the answer, because the request says so; a patch may take that back. */
  closesWith(patch: Patch | null): boolean {
    return patch?.headers === undefined ? this.#closes : (saysClose(patch.headers) ?? this.#closes)
  }

  #with(headers: Headers): string | null {
    for (const name in headers) if (this.#names.has(name.toLowerCase())) return linesOf(merged(this.#headers, headers))
    const own = linesOf(headers)
    return own === null || this.#lines === null ? null : this.#lines + own
  }

  #encode(path: string, lines: string | null, body: Body): RequestBytes | null {
    const { method } = this.request
    if (lines === null || !isPath.test(path) || !isMethod.test(method)) return null
    const head = `${method} ${path}${version}${lines}`
    if (body === null) return { bytes: head + (hasBodyByNature(method) ? `content-length: 0${crlf}${crlf}` : crlf), file: null }
    if (typeof body !== 'string' && 'file' in body) return { bytes: `${head}content-length: ${body.bytes}${crlf}${crlf}`, file: body }
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
    const start = `${head}content-length: ${length}${crlf}${crlf}`
    // A text of ASCII alone has as many bytes as letters, and is one string with its head.
    if (typeof body === 'string' && length === body.length) return { bytes: start + body, file: null }
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    return { bytes: Buffer.concat([Buffer.from(start, 'latin1'), bytes]), file: null }
  }
}

const isPath = /^[!-~]+$/
const isMethod = /^[\w!#$%&'*+.^`|~-]+$/
const isName = isMethod
const isValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Where the message ends is said by us alone. Null when HTTP cannot carry one of them. */
function linesOf(headers: Headers): string | null {
  let lines = ''
  for (const name in headers) {
    const value = headers[name] ?? ''
    if (!isName.test(name) || !isValue.test(value)) return null
    if (!isFraming.test(name)) lines += `${name}: ${value}${crlf}`
  }
  return lines
}

/** Whether HTTP can carry all of it, in any version. */
export function isSendable({ method, path, headers }: WireRequest): boolean {
  return isMethod.test(method) && isPath.test(path) && linesOf(headers) !== null
}

const isFraming = /^(?:content-length|transfer-encoding)$/i

function merged(prepared: Headers, own: Headers): Headers {
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(prepared).filter(([name]) => !replaced.has(name.toLowerCase()))), ...own }
}

function hasHost(headers: Headers): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'host')
}

/** An origin that is none gets a host that no header can carry. */
function hostOf(origin: string): string {
  return URL.parse(origin)?.host ?? '\0'
}

/** Null: they say nothing of the connection. */
function saysClose(headers: Headers): boolean | null {
  for (const name in headers)
    if (name.length === connection.length && name.toLowerCase() === connection) return isClose.test(headers[name] ?? '')
  return null
}

const connection = 'connection'
const isClose = /(?:^|,)\s*close\s*(?:,|$)/i

function hasBodyByNature(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH'
}
