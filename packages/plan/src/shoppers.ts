// Classes of shoppers as the user writes them, and the steps they are known to have. Sends nothing and checks nothing: launch does.
import type { BehaviourInput } from './behaviour.ts'
import type { Extract } from './extract.ts'
import type { Json } from './json.ts'
import type { Shopper } from './plan.ts'
import type { Journey } from './session.ts'
import type { Likeness } from './traits.ts'
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
  /** Pause after the request: `3s`, `exp 3s`, `exp 3s cap 30s`, `uniform 1s 5s`, `lognormal median 8s sigma 0.8`, or ms. */
  readonly think?: DurationText
  /** What is kept of the answer, by the name of a variable that later steps use as `${name}`. Nothing found: the request failed. */
  readonly extract?: Readonly<Record<string, Extract>>
  /** How many redirects are followed at most. Default: the plan's `redirects`. */
  readonly redirects?: number
  /** The request asks for this order; what comes of it is told to the ledger. `qty`: pieces, default 1. */
  readonly order?: { readonly sku: string; readonly qty?: number }
}

export type DeviceInput = {
  /** Share of the class's shoppers; all devices add up to 1. */
  readonly share: number
  /** Added round trip, drawn once a shopper: `25ms`, `lognormal median 80ms sigma 0.5`, `exp …`, `uniform …`. Default none. */
  readonly rtt?: DurationText
  /** How fast answers are read; default as fast as they come. */
  readonly downBytesPerSec?: number
}

export type WatchersInput = {
  /** Share of those who arrive in the phase `countdown`; where there is no such phase, of all before the doors open. Default 0.3. */
  readonly share?: number
  /** From an answer to the next refresh, as `rtt` is written. Default 5s. */
  readonly refreshEvery?: DurationText
  /** They go in evenly over so long a time. Default 1s. */
  readonly jitter?: DurationText
  /** What is refreshed: a step of the class, or a path. Default `landing`. */
  readonly step?: string
  /** Path of that page, where the class does not declare the step. Default `/`. */
  readonly page?: string
}

/** What a class of shoppers is like, beside what it does. */
export type TraitsInput = {
  /** Defaults for the keys below and for patience and retries; see `shopperDefaults.like`. */
  readonly like?: Likeness
  /** Devices by name, `default` (70 % phones) or `none`. Default none. */
  readonly devices?: Readonly<Record<string, DeviceInput>> | 'default' | 'none'
  /** Who of them comes before the doors open. Default: the plan's. */
  readonly watchers?: WatchersInput
  /** It stands for people who mean harm: a cohort of its own, and only for hosts that allow it by name. */
  readonly hostile?: boolean
  /** Multiplies every time to think. Default 1. */
  readonly thinkFactor?: number
  /** Longest time for a whole request; never longer than the plan's. */
  readonly timeout?: DurationText
}

/** A class of shoppers with a journey in code, and steps it is said to have; or with its requests declared one by one. */
export type ShopperInput = { readonly name: string; readonly weight?: number } & TraitsInput &
  BehaviourInput &
  ({ readonly journey: Journey; readonly steps?: readonly string[] } | { readonly steps: readonly UrlStepInput[] })

export type ShopperOptions = TraitsInput &
  BehaviourInput & {
    /** Share of arrivals relative to the other classes' weights. Default 1. */
    readonly weight?: number
    /** Steps that the journey's own text does not show, e.g. because it builds their names. */
    readonly steps?: readonly string[]
  }

/** A class of shoppers for `launch`, which checks it: so all mistakes of a plan are told at once. */
export function shopper<Vars extends object = Record<string, unknown>, Shared = unknown>(
  name: string,
  journey: Journey<Vars, Shared>,
): ShopperInput
export function shopper<Vars extends object = Record<string, unknown>, Shared = unknown>(
  name: string,
  options: ShopperOptions,
  journey: Journey<Vars, Shared>,
): ShopperInput
export function shopper(name: string, options: Omit<ShopperOptions, 'steps'>, requests: readonly UrlStepInput[]): ShopperInput
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
  const ofPage = /\.page\s*\(/.test(text) ? step.replace(/ \(assets\)$/, '') : step
  return steps.includes(ofPage) || isQuotedIn(text, ofPage) || isDefaultNameIn(text, ofPage)
}

/** Whether a journey opens a group under this name: as a literal behind the word, like `s.group('checkout', …)`. */
export function mayHaveGroup(shopper: Shopper, name: string): boolean {
  if (shopper.kind === 'steps') return false
  const found = String(shopper.journey).matchAll(/\bgroup\s*\(\s*(['"`])((?:(?!\1)[^\\\n$])+)\1/g)
  return [...found].some(([, , group]) => group === name)
}

/** Whether a journey may count a number under this name: it stands as a literal somewhere in its text. */
export function mayHaveNumber(shopper: Shopper, name: string): boolean {
  return shopper.kind === 'journey' && isQuotedIn(String(shopper.journey), name)
}

function isQuotedIn(text: string, literal: string): boolean {
  return ['"', "'", '`'].some((quote) => text.includes(quote + literal + quote))
}

/** `GET /p` for a request that names no step: its path stands as a literal in the text, perhaps with a query behind it. */
function isDefaultNameIn(text: string, step: string): boolean {
  const [, method, path] = /^(GET|POST|PUT|PATCH|DELETE|HEAD) (\/.*)$/.exec(step) ?? []
  if (method === undefined || path === undefined) return false
  const isGetElsewhere = method === 'GET' && /\.(?:page|socket|events)\s*\(/.test(text)
  if (!isGetElsewhere && !text.toUpperCase().includes(method)) return false
  return isQuotedIn(text, path) || ['"', "'", '`'].some((quote) => text.includes(`${quote}${path}?`))
}
