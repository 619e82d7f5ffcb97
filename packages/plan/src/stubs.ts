// Stubs: what is asked in place of a third party's host. Text in, origins out; nothing is resolved here.
import { z } from 'zod'
import { hostOf } from './allow-list.ts'
import { PlanError, problem } from './problems.ts'
import { through } from './schema-problems.ts'

/** By host, with its port where it is not the scheme's own (`pay.example:8443`): absolute http(s) URL, whose path is put before every path. */
export type Stubs = Readonly<Record<string, string>>

const hostWords = 'a host such as "api.stripe.com", without a scheme or path'
const urlWords = 'an absolute http or https URL without a query, such as "http://127.0.0.1:4010"'

export const stubsSchema = z
  .record(z.string(), z.string({ error: urlWords }), { error: 'stubs by host, such as { "api.stripe.com": "http://127.0.0.1:4010" }' })
  .transform(through(readStubs))
  .default({})
  .describe('What is asked in place of a host of somebody else, such as a payment provider: URL by host.')

function readStubs(given: Readonly<Record<string, string>>): Stubs {
  const problems = Object.entries(given).flatMap(([host, url]) => [
    ...(isHost(host) ? [] : [problem(host, hostWords, host)]),
    ...(isUrl(url) ? [] : [problem(host, urlWords, url)]),
  ])
  if (problems.length > 0) throw new PlanError('PLAN_INVALID', problems)
  return Object.fromEntries(Object.entries(given).map(([host, url]) => [new URL(`http://${host}`).host, url.replace(/\/$/, '')]))
}

function isHost(text: string): boolean {
  if (!/^[^\s/?#@]+$/.test(text) || !URL.canParse(`http://${text}`)) return false
  return hostOf(new URL(`http://${text}`)) !== ''
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && new URL(text).search === '' && new URL(text).hash === ''
}
