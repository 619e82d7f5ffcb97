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
export function openOutputs(texts: readonly string[], cwd: string, tell: (text: string) => void): Outputs {
  const outputs = texts.map((text) => {
    const [type, ...rest] = text.split('=')
    const file = rest.join('=')
    if (!isOutputType(type) || file === '' || file === '-')
      throw new UsageError('--output', `type=file with one of ${outputTypes.join(', ')}`, JSON.stringify(text))
    const path = resolve(cwd, file)
    try {
      writeFileSync(path, type === 'csv' ? `${columns.join(',')}\n` : '')
    } catch (error) {
      throw new UsageError('--output', 'a file that can be written', `${file} (${(error as NodeJS.ErrnoException).code})`)
    }
    return { type, path }
  })
  // What is wanted beside the run folder must not cost the run: each output fails for itself, and says so once.
  const failed = new Set<string>()
  const attempt = (path: string, write: () => void): void => {
    if (failed.has(path)) return
    try {
      write()
    } catch (error) {
      failed.add(path)
      tell(`${path}: this output could not be written: ${(error as Error).message}`)
    }
  }
  return {
    window: (row) => {
      for (const { type, path } of outputs) {
        if (type === 'jsonl') attempt(path, () => appendFileSync(path, `${JSON.stringify(row)}\n`))
        if (type === 'csv') attempt(path, () => appendFileSync(path, `${columns.map((column) => row[column] ?? '').join(',')}\n`))
      }
    },
    end: async (report) => {
      for (const { type, path } of outputs) {
        const text = await render[type]?.(report)
        if (text !== undefined) attempt(path, () => writeFileSync(path, text))
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
