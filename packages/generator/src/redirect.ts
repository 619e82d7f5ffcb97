// Where an answer sends a shopper on to, and with what request (RFC 9110 §15.4). What stands in the header is the target's: it never throws.
import type { RequestOptions } from '@doorbuster/plan'
import type { Answered } from '@doorbuster/wire'
import type { Desk } from './desk.ts'
import type { JourneyErrand } from './journey-errand.ts'
import type { Wanted } from './journey-request.ts'
import { withoutSecrets } from './plan-headers.ts'

const statuses = [301, 302, 303, 307, 308]
const mostUrlCharacters = 8_192

/** As many as browsers follow. */
const mostHops = 20

/** Above zero: so many more. Zero: the answer that redirects is the answer. Below zero: there were too many already. */
export function hopsOf(wanted: number): number {
  return Math.min(wanted, mostHops)
}

/** What an answer that redirects must not fail by. */
export const redirectStatuses: readonly number[] = statuses

/** A status that the request expects is its answer, whatever it means. */
function isRedirect(status: number, expect: RequestOptions['expect']): boolean {
  return statuses.includes(status) && !(expect === status || (Array.isArray(expect) && expect.includes(status)))
}

type Hop = { readonly method: string; readonly origin: string; readonly url: string; readonly options: RequestOptions }

type Sent = Pick<JourneyErrand, 'to' | 'options'>

/** Null: the answer is the journey's as it is, failed where it redirects to what cannot or may not be asked. */
export function hopOf(errand: JourneyErrand, desk: Pick<Desk, 'callTo'>, timeoutMs: number): Hop | null {
  const { answer, hopsLeft, options, slot } = errand
  if (answer?.kind !== 'answered' || !isRedirect(answer.status, options.expect)) return null
  const hop = hopsLeft < 0 ? null : hopAfter(answer, errand)
  if (hop === null) errand.fail(hopsLeft < 0 ? 'too-many-redirects' : 'redirect:unusable')
  else if (desk.callTo(hop.origin, hop.method, timeoutMs).refusal !== null) errand.fail('redirect:not-approved')
  else return { ...hop, options: { ...hop.options, step: slot.step, redirects: hopsLeft - 1 || -1 } }
  return null
}

/** Null: the answer redirects to nowhere that HTTP could ask. */
function hopAfter(answer: Pick<Answered, 'status' | 'header'>, { to, options }: Sent): Hop | null {
  const { status } = answer
  const location = answer.header('location')
  if (location === undefined || location.length > mostUrlCharacters || !URL.canParse(location, `${to.origin}${to.path}`)) return null
  const url = new URL(location, `${to.origin}${to.path}`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const isChanged = (status === 303 && to.method !== 'HEAD') || ((status === 301 || status === 302) && to.method === 'POST')
  const kept = isChanged ? withoutBody(options) : options
  const headers = url.origin === to.origin ? kept.headers : kept.headers && withoutSecrets(kept.headers)
  const next = headers === undefined ? kept : { ...kept, headers }
  return { method: isChanged ? 'GET' : to.method, origin: url.origin, url: `${url.origin}${url.pathname}${url.search}`, options: next }
}

function withoutBody({
  body: _,
  json: _json,
  form: _form,
  multipart: _multipart,
  file: _file,
  fileBody: _fileBody,
  headers,
  ...rest
}: Wanted): RequestOptions {
  return headers === undefined ? rest : { ...rest, headers: without(headers, /^content-/i) }
}

function without(headers: NonNullable<RequestOptions['headers']>, names: RegExp): NonNullable<RequestOptions['headers']> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))
}
