// What a journey asks for, as the wire can send it. A journey's mistakes are thrown into the journey, never sent.
import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Attempt } from '@doorbuster/measurements'
import type { RequestOptions } from '@doorbuster/plan'
import type { Body, FileBody, Headers } from '@doorbuster/wire'
import type { Destination, Layer } from './layers.ts'

/** A request as a journey asked for it. */
export type Asked = { readonly method: string; readonly path: string; readonly options: RequestOptions; readonly attempt: Attempt }

export type SentBody = { readonly body: Body; readonly headers: Headers }

const none: Headers = {}
const jsonType: Headers = { 'content-type': 'application/json' }
const formType: Headers = { 'content-type': 'application/x-www-form-urlencoded' }
const kinds = ['body', 'json', 'form', 'multipart', 'file'] as const

/** As a journey asks, or a declared step, whose file was looked at before the run. */
export type Wanted = RequestOptions & { readonly fileBody?: FileBody }

/** The body where it is at hand; null for one that must be waited for. @throws TypeError for more than one body */
export function bodyNow(options: Wanted): SentBody | null {
  const { body, json, form, multipart, file, fileBody } = options
  refuseSeveral(options)
  if (multipart !== undefined || file !== undefined) return null
  if (json !== undefined) return { body: JSON.stringify(json), headers: jsonType }
  if (form !== undefined) return { body: formText(form), headers: formType }
  return { body: body ?? fileBody ?? null, headers: none }
}

/** @throws TypeError, or the error of the file system */
export async function laterBody({ multipart, file }: RequestOptions): Promise<SentBody> {
  if (file !== undefined) return { body: { file, bytes: await lengthOf(file) }, headers: none }
  const encoded = new Response(multipart)
  const type = encoded.headers.get('content-type') ?? 'multipart/form-data'
  return { body: new Uint8Array(await encoded.arrayBuffer()), headers: { 'content-type': type } }
}

/** @throws TypeError for a header that HTTP cannot carry; the message never holds a header's value. */
export function journeyHeaders(ofBody: Headers, own: Headers | undefined, layers: readonly Layer[] = [], to?: Destination): Headers {
  const added = to === undefined ? none : layeredHeaders(layers, to)
  if (own === undefined) return added === none ? ofBody : { ...added, ...ofBody }
  const sent: Record<string, string> = { ...added, ...ofBody }
  for (const [name, value] of Object.entries(own)) {
    if (!isHeaderName(name)) throw new TypeError(`not a header name: ${JSON.stringify(name)}`)
    if (!isHeaderValue(value)) throw new TypeError(`the value of header ${name} holds a character that HTTP cannot carry`)
    sent[name.toLowerCase()] = value
  }
  return sent
}

/** `GET /p`: the method and the path alone, so that neither a query nor anything secret in a URL becomes a name. */
export function defaultStep(method: string, path: string): string {
  const pathname = /^(?:https?|wss?):/i.test(path) && URL.canParse(path) ? new URL(path).pathname : path.replace(/[?#].*$/, '')
  return `${method} ${pathname}`
}

/** As `new URL` writes it: what is not ASCII becomes percent signs and hexadecimal digits. @throws TypeError */
export function journeyPath(path: string): string {
  if (path.startsWith('//')) throw new TypeError(`a path begins with one "/": ${JSON.stringify(path)}`)
  if (/^https?:\/\//i.test(path)) return new URL(path).href
  if (/^[\x21-\x7e]*$/.test(path)) return path
  const { pathname, search } = new URL(path.startsWith('/') ? path : `/${path}`, 'http://localhost')
  return pathname + search
}

function layeredHeaders(layers: readonly Layer[], to: Destination): Headers {
  let all = none
  for (const layer of layers) {
    const added = layer.sending?.(to)
    if (added !== undefined) all = all === none ? added : { ...all, ...added }
  }
  return all
}

const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~\w-]+$/.test(name)
const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

function refuseSeveral(options: RequestOptions): void {
  let given = 0
  for (const kind of kinds) if (options[kind] !== undefined) given++
  if (given > 1)
    throw new TypeError(`a request has one body: ${kinds.filter((kind) => options[kind] !== undefined).join(' and ')} are given`)
}

function formText(form: NonNullable<RequestOptions['form']>): string {
  return new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)])).toString()
}

async function lengthOf(file: string): Promise<number> {
  const found = await stat(file)
  if (!found.isFile()) throw new TypeError(`not a file that could be sent: ${file}`)
  return found.size
}

/** A file as it is now. One that is gone cannot be sent, which the wire will tell of each request. */
export function fileBody(file: string): FileBody {
  return { file, bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0 }
}
