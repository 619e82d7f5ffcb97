// JUnit XML for CI: one case an objective and phase, and one for each check of the instrument. Knows nothing of HTML.
//
//   objective   met           passed; what was seen stands in system-out
//               missed        failure "missed"; or, when it only warns, passed with a warning in system-out
//               no data       failure "no-data": what was never seen has not passed (when it only warns: passed with a warning)
//   any, in a run whose instrument failed: error "invalid", for nothing was judged
//   check       passed · error "instrument" when it failed · skipped when it was not judged
//
// A run that may not go, but has no red case of its own (it was interrupted with all objectives met so far), gets one more case, "verdict".
// Follows what Jenkins' schema asks for; times are seconds with three decimals.
import type { ObjectiveResult, Summary, TrustCheck } from '@doorbuster/verdict'
import { escapeXml } from './escape.ts'
import { sayCount } from './format.ts'
import type { Report } from './report.ts'
import { allowedText, headline, intervalText, observedText, standingText } from './words.ts'

type Outcome = {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped'
  readonly type: string
  readonly message: string
  readonly detail: string
}
type Case = Outcome & { readonly classname: string; readonly name: string; readonly lastingMs: number }

/** The whole XML document. */
export function renderJunit({ summary, start }: Report): string {
  const judged = summary.objectives.map((result) => objectiveCase(result, summary))
  const objectives = [...judged, ...verdictCase(summary, judged)]
  const trust = summary.trust.map((check) => trustCase(check, summary))
  const all = [...objectives, ...trust]
  const properties = { verdict: summary.verdict, target: start.target, planHash: summary.planHash, seed: String(summary.seed) }
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${attributes({ name: summary.name, ...counts(all), time: seconds(summary.durationMs) })}>
${suite(summary.name, summary, objectives, properties)}${suite(`${summary.name} instrument`, summary, trust, {})}</testsuites>
`
}

function objectiveCase(result: ObjectiveResult, summary: Summary): Case {
  const phase = summary.phases.find((one) => one.name === result.phase)
  const classname = `${summary.name}.${result.phase ?? 'run'}`
  return { classname, name: result.text, lastingMs: phase?.lastingMs ?? summary.durationMs, ...objectiveOutcome(result, summary) }
}

function objectiveOutcome(result: ObjectiveResult, summary: Summary): Outcome {
  const interval = intervalText(result)
  const noise = result.withinNoise === true ? `${standingText(result)}: ` : ''
  const seen = `${noise}observed ${observedText(result)}${interval === '' ? '' : ` (95 % interval ${interval})`}, limit ${allowedText(result)}, samples ${sayCount(result.samples)}`
  const detail = `${result.because}\n${seen}`
  if (summary.verdict === 'invalid') return { kind: 'error', type: 'invalid', message: headline(summary), detail }
  if (result.status === 'met') return { kind: 'passed', type: '', message: '', detail }
  if (result.warnOnly)
    return { kind: 'passed', type: '', message: '', detail: `warning: ${result.status === 'missed' ? 'missed' : 'no data'}\n${detail}` }
  return { kind: 'failure', type: result.status, message: result.status === 'no-data' ? `no data: ${result.because}` : seen, detail }
}

function trustCase(check: TrustCheck, summary: Summary): Case {
  const kind = ({ passed: 'passed', failed: 'error', 'not-judged': 'skipped' } as const)[check.status]
  const outcome = { kind, type: kind === 'error' ? 'instrument' : '', message: check.because, detail: check.because }
  return { classname: `${summary.name}.instrument`, name: check.name, lastingMs: summary.durationMs, ...outcome }
}

function verdictCase(summary: Summary, judged: readonly Case[]): readonly Case[] {
  if (summary.verdict === 'go' || judged.some((one) => one.kind !== 'passed')) return []
  const kind = summary.verdict === 'invalid' ? 'error' : 'failure'
  const outcome = { kind, type: summary.verdict, message: headline(summary), detail: summary.reasons.join('\n') } as const
  return [{ classname: `${summary.name}.run`, name: 'verdict', lastingMs: summary.durationMs, ...outcome }]
}

function suite(name: string, summary: Summary, cases: readonly Case[], properties: Readonly<Record<string, string>>): string {
  const skipped = String(cases.filter((one) => one.kind === 'skipped').length)
  const opening = { name, ...counts(cases), skipped, time: seconds(summary.durationMs), timestamp: summary.startedAt }
  const listed = Object.entries(properties).map(([name, value]) => `<property${attributes({ name, value })}/>\n`)
  return `<testsuite${attributes(opening)}>
${listed.length === 0 ? '' : `<properties>\n${listed.join('')}</properties>\n`}${cases.map(caseText).join('')}</testsuite>
`
}

function caseText({ classname, name, lastingMs, kind, type, message, detail }: Case): string {
  const opening = `<testcase${attributes({ classname, name, time: seconds(lastingMs) })}>`
  if (kind === 'passed') return `${opening}<system-out>${escapeXml(detail)}</system-out></testcase>\n`
  if (kind === 'skipped') return `${opening}<skipped${attributes({ message })}/></testcase>\n`
  return `${opening}<${kind}${attributes({ type, message })}>${escapeXml(detail)}</${kind}></testcase>\n`
}

function counts(cases: readonly Case[]): Readonly<Record<'tests' | 'failures' | 'errors', string>> {
  const of = (kind: Case['kind']): string => String(cases.filter((one) => one.kind === kind).length)
  return { tests: String(cases.length), failures: of('failure'), errors: of('error') }
}

function attributes(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1e3).toFixed(3)
}
