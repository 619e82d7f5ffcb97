// Looks at a target for the checks that are wanted: a few dozen questions at most, one after the other. Judges nothing.
import { addresser } from '@doorbuster/generator'
import type { Plan, UrlStep } from '@doorbuster/plan'
import type { Greeting, GreetOptions, TlsVersion } from '@doorbuster/wire'
import { greet } from '@doorbuster/wire'
import type { Asking } from './asking.ts'
import type { Chain, Errand, Evidence, Question, Reply } from './evidence.ts'
import type { Check } from './finding.ts'
import { checks } from './finding.ts'

export type LookOptions = {
  readonly plan: Plan
  /** False: the target is a URL, and nothing was declared. */
  readonly isPlan: boolean
  readonly only: readonly Check[]
  /** Ask for steps that may change something, too. */
  readonly withWrites: boolean
  readonly asking: Asking
  readonly greeting: Greeting | null
  readonly oldVersions: readonly TlsVersion[]
  readonly isLoopback: boolean
  readonly nowMs: number
  readonly untilMs: number
}

/** A plan with more is asked for its first ones. */
const mostSteps = 25
const offered = { 'accept-encoding': 'gzip, br, zstd' }

export async function look(options: LookOptions): Promise<Evidence> {
  const { plan, only, asking, greeting, oldVersions, isLoopback, nowMs, untilMs } = options
  const target = new URL(plan.target).href
  const wants = (...any: readonly Check[]): boolean => any.some((check) => only.includes(check))
  const landing = wants(...ofPages) ? await asking.follow(question('landing', target), { headers: offered }) : null
  // Where nobody answers the first question, all others would only wait for their deadlines.
  const isThere = landing !== null && landing.replies.length > 0
  const plain = isThere && wants('redirects') ? await askPlain(target, asking) : null
  const steps = isThere && wants(...ofSteps) ? stepsOf(options) : noSteps
  const replies = isThere ? await askOthers(options, target, steps.asked, wants) : []
  const expected = Object.fromEntries(steps.asked.flatMap(({ step }) => (step.expect === undefined ? [] : [[step.step, step.expect]])))
  const { failures } = asking
  const seen = { greeting, oldVersions, landing, plain, replies, failures }
  return { ...seen, target, isLoopback, nowMs, untilMs, expected, left: steps.left }
}

const ofPages = checks.filter((check) => !['certificate', 'tls', 'http'].includes(check))
const ofSteps: readonly Check[] = ['answers', 'cookies', 'caching', 'compression']

async function askPlain(target: string, asking: Asking): Promise<Chain | null> {
  const url = plainOf(target)
  if (url === null) return null
  const plain = await asking.follow(question('plain', url))
  // That nobody answers by http is a finding of its own, and no failure.
  if (plain.replies.length === 0) asking.failures.pop()
  return plain
}

async function askOthers(
  options: LookOptions,
  target: string,
  steps: readonly StepAsked[],
  wants: (check: Check) => boolean,
): Promise<readonly Reply[]> {
  const { asking } = options
  const replies: (Reply | null)[] = []
  if (wants('robots')) replies.push(await asking.ask(question('robots', new URL('/robots.txt', target).href)))
  if (wants('errors')) for (const [odd, more] of oddQuestions(target)) replies.push(await asking.ask(odd, more))
  for (const { step, url } of steps) replies.push(await asking.ask(stepQuestion(step, url, false), moreOf(step)))
  if (wants('caching')) for (const each of sessionQuestions(options, steps)) replies.push(await asking.ask(each, { headers: offered }))
  return replies.filter((reply) => reply !== null)
}

const question = (errand: Errand, url: string): Question => ({ errand, step: null, method: 'GET', url, hasSession: false })

const stepQuestion = ({ step, method }: UrlStep, url: string, hasSession: boolean): Question => ({
  errand: 'step',
  step,
  method,
  url,
  hasSession,
})

const moreOf = ({ headers, body }: UrlStep) => ({ headers: { ...offered, ...headers }, ...(body !== undefined && { body }) })

/** Null: it has no TLS, or a port of its own, beside which no other is guessed. */
function plainOf(target: string): string | null {
  const url = new URL(target)
  if (url.protocol !== 'https:' || url.port !== '') return null
  url.protocol = 'http:'
  return url.href
}

/** A page that cannot be there, a path that is no text, and JSON that is none: what a shop says when it stumbles. */
function oddQuestions(target: string): readonly (readonly [Question, { headers?: Readonly<Record<string, string>>; body?: string }])[] {
  const { origin } = new URL(target)
  return [
    [question('missing', `${origin}/doorbuster-preflight/no-such-page`), {}],
    [question('malformed', `${origin}/%ff%`), {}],
    [question('malformed', target), { headers: { 'content-type': 'application/json' }, body: '{"doorbuster' }],
  ]
}

type StepAsked = { readonly step: UrlStep; readonly url: string }

type Steps = { readonly asked: readonly StepAsked[]; readonly left: readonly string[] }

const noSteps: Steps = { asked: [], left: [] }

function stepsOf({ plan, isPlan, withWrites }: LookOptions): Steps {
  if (!isPlan) return noSteps
  const addressOf = addresser(plan.target)
  const declared = plan.shoppers.flatMap((shopper) => (shopper.kind === 'steps' ? shopper.requests : []))
  const different = [...new Map(declared.map((step) => [`${step.method} ${step.path}`, step])).values()]
  const isAsked = ({ method, file }: UrlStep): boolean => file === undefined && (withWrites || method === 'GET' || method === 'HEAD')
  const asked = different.filter(isAsked).slice(0, mostSteps)
  const unasked = different.filter((step) => !asked.includes(step))
  const inCode = plan.shoppers.filter(({ kind }) => kind === 'journey').map(({ name }) => name)
  return {
    asked: asked.map((step) => ({ step, url: urlOf(addressOf(step.path)) })),
    left: [
      ...(unasked.length > 0
        ? [`not asked: ${unasked.map(({ step }) => step).join(', ')} (they may change something: --writes asks)`]
        : []),
      ...(inCode.length > 0 ? [`not asked: the journeys in code of ${inCode.join(', ')}, which a run alone can walk`] : []),
    ],
  }
}

const urlOf = ({ origin, path }: { readonly origin: string; readonly path: string }): string => new URL(path, origin).href

/** Once more, as somebody who has been here: pages that are asked for with a session are where caches go wrong. */
function sessionQuestions({ plan, asking }: LookOptions, steps: readonly StepAsked[]): readonly Question[] {
  const again = steps.filter(({ step }) => step.method === 'GET').map(({ step, url }) => stepQuestion(step, url, true))
  return [{ ...question('landing', new URL(plan.target).href), hasSession: true }, ...again].filter(({ url }) => asking.hasSessionFor(url))
}

const oldOnes: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1']

/** Greetings are no questions: nothing is asked in them. */
export async function lookAtTls(
  target: string,
  only: readonly Check[],
  options: GreetOptions,
): Promise<Pick<Evidence, 'greeting' | 'oldVersions'>> {
  if (!target.startsWith('https:')) return { greeting: null, oldVersions: [] }
  const { origin } = new URL(target)
  const greeting = await greet(origin, options)
  const oldVersions: TlsVersion[] = []
  if (only.includes('tls') && greeting.kind === 'greeted')
    for (const version of oldOnes) if ((await greet(origin, { ...options, only: version })).kind === 'greeted') oldVersions.push(version)
  return { greeting, oldVersions }
}
