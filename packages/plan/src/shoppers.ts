// Classes of shoppers as the user writes them, and the steps they are known to have. Sends nothing and checks nothing: launch does.
import type { Shopper } from './plan.ts'
import type { Journey, Json } from './session.ts'
import type { DurationText } from './units.ts'

/** One request of a declared journey. Exactly one of `get`, `post`, `put`, `patch`, `delete` and `head` holds its path. */
export type UrlStepInput = {
  /** Name under which the request is counted. Default: method and path without its query, such as `GET /p`. */
  readonly step?: string
  readonly get?: string
  readonly post?: string
  readonly put?: string
  readonly patch?: string
  readonly delete?: string
  readonly head?: string
  readonly headers?: Readonly<Record<string, string | number>>
  /** Body as text, sent as it is. */
  readonly body?: string
  /** Body as a value, sent as JSON with its content type. */
  readonly json?: Json
  /** Fields of a form, sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string | number | boolean>>
  /** Path, from the plan file, of a file whose bytes are the body; read while they are sent. It must not change meanwhile. */
  readonly file?: string
  /** Statuses that count as ok. Default: 200 to 399. */
  readonly expect?: number | readonly number[]
  /** Pause after the request: `3s`, `exp 3s`, `exp 3s cap 30s`, `uniform 1s 5s`, or ms. */
  readonly think?: DurationText
}

/** A class of shoppers with a journey in code, and steps it is said to have; or with its requests declared one by one. */
export type ShopperInput = { readonly name: string; readonly weight?: number } & (
  | { readonly journey: Journey; readonly steps?: readonly string[] }
  | { readonly steps: readonly UrlStepInput[] }
)

export type ShopperOptions = {
  /** Share of arrivals relative to the other classes' weights. Default 1. */
  readonly weight?: number
  /** Steps that the journey's own text does not show, e.g. because it builds their names. */
  readonly steps?: readonly string[]
}

/** A class of shoppers for `launch`, which checks it: so all mistakes of a plan are told at once. */
export function shopper(name: string, journey: Journey): ShopperInput
export function shopper(name: string, options: ShopperOptions, journey: Journey): ShopperInput
export function shopper(name: string, options: { readonly weight?: number }, requests: readonly UrlStepInput[]): ShopperInput
export function shopper(name: string, first: ShopperOptions | Journey, second?: Journey | readonly UrlStepInput[]): ShopperInput {
  const options = typeof first === 'function' ? {} : first
  const work = typeof first === 'function' ? first : second
  if (typeof work === 'function') return { name, ...options, journey: work }
  return { name, ...options, steps: work ?? [] }
}

/** Steps named by a literal in the journey's own text: `step: 'x'` and `step('x'`. A best effort: text built at run time does not show. */
export function stepsInText(journey: Journey): readonly string[] {
  const found = String(journey).matchAll(/\bstep\s*(?::|\()\s*(['"`])((?:(?!\1)[^\\\n$])+)\1/g)
  return [...new Set([...found].map(([, , name = '']) => name))]
}

/** Whether requests may be counted under this name: known, quoted somewhere in a journey, or the default name of a request in it. */
export function mayHaveStep({ steps, ...work }: Shopper, step: string): boolean {
  if (steps.includes(step)) return true
  if (work.kind === 'steps') return false
  const text = String(work.journey)
  return isQuotedIn(text, step) || isDefaultNameIn(text, step)
}

function isQuotedIn(text: string, literal: string): boolean {
  return ['"', "'", '`'].some((quote) => text.includes(quote + literal + quote))
}

/** `GET /p` for a request that names no step: its path stands as a literal in the text, perhaps with a query behind it. */
function isDefaultNameIn(text: string, step: string): boolean {
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE|HEAD) (\/.*)$/.exec(step) ?? []
  if (method === undefined || path === undefined || !text.toUpperCase().includes(method)) return false
  return isQuotedIn(text, path) || ['"', "'", '`'].some((quote) => text.includes(`${quote}${path}?`))
}
