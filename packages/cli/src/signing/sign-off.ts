// One more sign-off after those that stand: what it says, and what it must say. Writes nothing.
import { createHash } from 'node:crypto'
import type { Signature, SignOff } from '@doorbuster/measurements'
import { canonicalJson, isDay, parseMoment } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import { plainLine } from '@doorbuster/report'
import { UsageError } from '../usage.ts'
import { version } from '../version.ts'
import { inputsOf } from './evidence.ts'

export type Signing = {
  readonly as: string
  readonly until: string
  readonly acceptRisk?: string
}

const mostLetters = 500
const mostKnown = 40
const mostSignOffs = 100

/** @throws UsageError */
export function newSignOff(signing: Signing, report: Report, evidence: SignOff['evidence'], before: Signature | null, now: Date): SignOff {
  const { summary, start } = report
  const acceptedRisk = signing.acceptRisk === undefined ? null : words('--accept-risk', signing.acceptRisk)
  if (summary.verdict !== 'go' && acceptedRisk === null) throw new UsageError('--accept-risk', riskWords(report), 'nothing')
  const signOffs = before?.signOffs ?? []
  if (signOffs.length >= mostSignOffs) throw new UsageError('signature.json', `at most ${mostSignOffs} sign-offs`, 'one more')
  return {
    as: words('--as', signing.as),
    signedAt: now.toISOString(),
    until: untilOf(signing.until, now),
    verdict: summary.verdict,
    acceptedRisk,
    known: summary.reasons.slice(0, mostKnown).map((reason) => reason.slice(0, mostLetters)),
    inputs: inputsOf(start),
    evidence,
    follows: hashOfSignOff(signOffs.at(-1)),
    by: version,
  }
}

/** Null for none. */
export function hashOfSignOff(signOff: SignOff | undefined): string | null {
  return signOff === undefined ? null : createHash('sha256').update(canonicalJson(signOff)).digest('hex')
}

/** A day holds until it ends everywhere on the clock that files are dated by: UTC. */
function untilOf(text: string, now: Date): string {
  const untilMs = isDay(text) ? Date.parse(`${text}T23:59:59.999Z`) : parseMoment(text, now.getTime(), '--until')
  if (untilMs > now.getTime()) return new Date(untilMs).toISOString()
  throw new UsageError('--until', 'a day or moment to come', JSON.stringify(text))
}

/** What is signed is read on a page and in a log: one line, and not a whole letter. */
function words(flag: string, text: string): string {
  const line = plainLine(text).trim()
  if (line !== '' && line.length <= mostLetters) return line
  throw new UsageError(flag, `1 to ${mostLetters} letters`, line === '' ? 'none' : `${line.length}`)
}

function riskWords({ summary: { verdict, reasons } }: Report): string {
  const why = reasons.slice(0, 5).map((reason) => plainLine(reason).slice(0, mostLetters))
  return `the risk that is accepted, in words, because this run is ${verdict} (${why.join('; ') || 'it gives no reason'})`
}
