// `-o jsonl=` and `-o csv=`: a line a window while the run goes on, into a file or to stdout.
import type { TimelineRow } from '@doorbuster/measurements'
import type { Output } from './output.ts'

export function windowLines(type: 'jsonl' | 'csv', write: (text: string) => void): Output {
  if (type === 'jsonl') return { window: (_, row) => write(`${JSON.stringify(row)}\n`) }
  return {
    begin: () => write(`${columns.join(',')}\n`),
    window: (_, row) => write(`${columns.map((column) => row[column] ?? '').join(',')}\n`),
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
