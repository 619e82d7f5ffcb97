// `-o type=file`: streams while the run goes on, and extra renderings at its end. The run folder is written in any case.
import { appendFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TimelineRow } from '@doorbuster/measurements'
import type { Report } from '@doorbuster/report'
import { loadHtml, renderJunit, renderMarkdown } from '@doorbuster/report'
import type { OutputType } from './output-types.ts'
import { isOutputType, outputTypes } from './output-types.ts'
import { UsageError } from './usage.ts'

export type Outputs = { window(row: TimelineRow): void; end(report: Report): Promise<void> }

/** @throws UsageError for an unknown type or a file that cannot be written, before the run starts. */
export function openOutputs(texts: readonly string[], cwd: string): Outputs {
  const outputs = texts.map((text) => {
    const [type, ...rest] = text.split('=')
    const file = rest.join('=')
    if (!isOutputType(type) || file === '')
      throw new UsageError('--output', `type=file with one of ${outputTypes.join(', ')}`, JSON.stringify(text))
    const path = resolve(cwd, file)
    try {
      writeFileSync(path, type === 'csv' ? `${columns.join(',')}\n` : '')
    } catch (error) {
      throw new UsageError('--output', 'a file that can be written', `${file} (${(error as NodeJS.ErrnoException).code})`)
    }
    return { type, path }
  })
  return {
    window: (row) => {
      for (const { type, path } of outputs) {
        if (type === 'jsonl') appendFileSync(path, `${JSON.stringify(row)}\n`)
        if (type === 'csv') appendFileSync(path, `${columns.map((column) => row[column] ?? '').join(',')}\n`)
      }
    },
    end: async (report) => {
      for (const { type, path } of outputs) {
        const text = await render[type]?.(report)
        if (text !== undefined) writeFileSync(path, text)
      }
    },
  }
}

const columns = [
  'startMs',
  'lastingMs',
  'due',
  'sent',
  'ok',
  'degraded',
  'failed',
  'dropped',
  'inFlight',
  'p50',
  'p95',
  'p99',
  'max',
  'latenessP99',
] as const satisfies readonly (keyof TimelineRow)[]

const render: Partial<Record<OutputType, (report: Report) => string | Promise<string>>> = {
  json: ({ summary }) => `${JSON.stringify(summary, null, 2)}\n`,
  html: async (report) => (await loadHtml())(report),
  markdown: renderMarkdown,
  junit: renderJunit,
}
