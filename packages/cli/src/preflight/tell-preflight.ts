// What a preflight found, in words and as JSON. Knows nothing of streams.
import { plainLine, wrap } from '@doorbuster/report'
import type { Check, Finding, Severity } from './finding.ts'
import { worstFirst } from './finding.ts'

export type Preflight = {
  /** As it was written on the command line. */
  readonly source: string
  readonly target: string
  readonly checks: readonly Check[]
  readonly findings: readonly Finding[]
  /** Requests sent. */
  readonly asked: number
  readonly nowMs: number
  readonly untilMs: number
}

const leastWidth = 60
const columns = { severity: 8, check: 13 }

/** Lines joined by newlines, the last without one. */
export function preflightText({ source, target, checks, findings, asked, untilMs }: Preflight, width: number): string {
  const room = Math.max(leastWidth, width) - columns.severity - columns.check
  const indent = ' '.repeat(columns.severity + columns.check)
  const rows = findings.flatMap((finding) => {
    const { severity, check, says, where } = finding
    const [first = '', ...more] = wrap(plainLine(says), room)
    return [
      `${severity.padEnd(columns.severity)}${check.padEnd(columns.check)}${first}`,
      ...more.map((line) => indent + line),
      ...(where === null ? [] : wrap(plainLine(where), room).map((line) => indent + line)),
      ...(severity === 'note' ? [] : [indent + again(source, check)]),
    ]
  })
  const quiet = checks.filter((check) => findings.every((finding) => finding.check !== check))
  return [
    `Preflight of ${plainLine(target)}, which has to hold until ${new Date(untilMs).toISOString().slice(0, 10)} (${asked} requests)`,
    '',
    ...rows,
    ...(quiet.length > 0 ? ['', `Nothing to say of: ${quiet.join(', ')}`] : []),
    '',
    worstFirst.map((severity) => `${findings.filter((finding) => finding.severity === severity).length} ${severity}`).join(', '),
  ].join('\n')
}

export function preflightJson({ source, findings, nowMs, untilMs, ...rest }: Preflight): string {
  const told = findings.map((finding): Finding & { readonly again: string } => ({ ...finding, again: again(source, finding.check) }))
  const moments = { at: new Date(nowMs).toISOString(), until: new Date(untilMs).toISOString() }
  return `${JSON.stringify({ schema: 'doorbuster/preflight@1', ...moments, ...rest, findings: told }, null, 2)}\n`
}

export function has(findings: readonly Finding[], wanted: Severity): boolean {
  return findings.some(({ severity }) => severity === wanted)
}

/** The one command that looks at this again. */
function again(source: string, check: Check): string {
  return `doorbuster preflight ${/^[\w./:@%+=,-]+$/.test(source) ? source : `'${source.replaceAll("'", "'\\''")}'`} --only ${check}`
}
