// A declared list of requests as a journey: for shoppers that keep cookies from one step to the next, or put values into them. The cheap walk
// of requests that need neither stands in declared-walk.ts.
import type { Answer, Extract, Journey, Placeholder, Plan, Session, Shopper, Template, UrlStep } from '@doorbuster/plan'
import { filled, templateOf } from '@doorbuster/plan'
import type { Wanted } from './journey-request.ts'
import { fileBody } from './journey-request.ts'

type Settings = Pick<Plan, 'cookies' | 'redirects' | 'headers'>

/** Null: its requests can be walked, one like the other. `hasManners`: its shoppers do more than walk. */
export function journeyOf(shopper: Shopper, { cookies, redirects, headers }: Settings, hasManners: boolean): Journey | null {
  if (shopper.kind === 'journey') return shopper.journey
  const { requests } = shopper
  const keepsCookies = cookies && headers.cookie === undefined && requests.length > 1
  const isPlain = requests.every(
    (request) => !hasPlaces(request) && request.extract === undefined && (request.redirects ?? redirects) === 0,
  )
  return isPlain && !keepsCookies && !hasManners ? null : declaredJourney(requests)
}

function declaredJourney(requests: readonly UrlStep[]): Journey {
  const steps = requests.map((request) => ({ ...request, ask: asker(request) }))
  return async (s) => {
    for (const { ask, extract, think } of steps) {
      const answer = await ask(s)
      if (extract !== undefined) keepExtracts(s, answer, extract)
      if (think !== undefined) await s.think(think)
    }
  }
}

function hasPlaces({ path, headers, body = '' }: UrlStep): boolean {
  return [path, body, ...Object.values(headers)].some((text) => templateOf(text) !== null)
}

/** What is the same for every shopper is worked out once. */
function asker(request: UrlStep): (s: Session) => Promise<Answer> {
  const { method, path, headers, body, bodyAs, step, expect, file, redirects, order } = request
  const same: Wanted = {
    step,
    headers,
    ...(body !== undefined && { body }),
    ...(file !== undefined && { fileBody: fileBody(file) }),
    ...(expect !== undefined && { expect }),
    ...(redirects !== undefined && { redirects }),
    ...(order !== undefined && { order }),
  }
  if (!hasPlaces(request)) return (s) => s.request(method, path, same)
  const toPath = filler(path, encodeURIComponent)
  const toBody = filler(body ?? '', bodyAs === undefined ? asItIs : encodings[bodyAs])
  const toHeaders = Object.entries(headers).map(([name, value]) => [name, filler(value, asItIs)] as const)
  return (s) => {
    const own = Object.fromEntries(toHeaders.map(([name, fill]) => [name, fill(s)]))
    return s.request(method, toPath(s), { ...same, headers: own, ...(body !== undefined && { body: toBody(s) }) })
  }
}

const asItIs = (value: string): string => value

const encodings: Readonly<Record<NonNullable<UrlStep['bodyAs']>, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  form: (value) => new URLSearchParams([['', value]]).toString().slice(1),
}

function filler(text: string, encode: (value: string) => string): (s: Session) => string {
  const template: Template | null = templateOf(text)
  return template === null ? () => text : (s) => filled(template, (place) => textOf(valueAt(place, s)), encode)
}

function valueAt(place: Placeholder, s: Session): unknown {
  return 'set' in place ? s.row(place.set)[place.column] : s.vars[place.variable]
}

/** Nothing where there is no value: the step that should have extracted it has failed already. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** An answer that failed has its own cause, and is read all the same: an error page may hold a token too. */
function keepExtracts(s: Session, answer: Answer, extracts: NonNullable<UrlStep['extract']>): void {
  for (const [name, extract] of Object.entries(extracts)) {
    const value = read(answer, extract)
    s.vars[name] = value
    if (answer.ok) s.check(`extract:${name}`, value !== undefined)
  }
}

function read(answer: Answer, extract: Extract): unknown {
  if ('json' in extract) return answer.json(extract.json)
  if ('css' in extract) return answer.css(extract.css, extract.attribute)
  if ('header' in extract) return answer.header(extract.header)
  return answer.match(new RegExp(extract.regex))
}
