// A run as JMeter's results file (JTL, CSV with a header), for the many programs that read one. Windows hold distributions and no requests,
// so each row is reconstructed from them: how many there were of which time, step and outcome is as measured, and so is every percentile
// (to JMeter's whole ms); the moment within the second, and which time belongs to which cause, are not.
// https://jmeter.apache.org/usermanual/glossary.html and https://jmeter.apache.org/usermanual/generating-dashboard.html
import type { Cell, Histogram, Window } from '@doorbuster/measurements'
import { csvLine, plainCell } from './csv.ts'
import type { WindowForm } from './window-forms.ts'

const columns = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'success',
  'failureMessage',
  'bytes',
  'sentBytes',
  'grpThreads',
  'allThreads',
  'Latency',
  'IdleTime',
  'Connect',
] as const

/** Of one cell: each of `count` requests took `elapsedMs` and came to this. */
type Row = { readonly elapsedMs: number; readonly count: number; readonly cause: string | null }

/** `startedAtMs`: the run's zero, since 1970. */
export function jtlForm(startedAtMs: number): WindowForm {
  return {
    head: csvLine(columns),
    *window(window) {
      for (const cell of window.cells) yield linesOf(startedAtMs, window, cell)
    },
  }
}

function linesOf(startedAtMs: number, window: Window, cell: Cell): string {
  const rows = [...goodRows(cell.response), ...badRows(cell)]
  const all = rows.reduce((sum, { count }) => sum + count, 0)
  const under = Math.round(window.inFlight.mean)
  const bytes = Math.round(cell.counts.bytesIn / Math.max(1, all))
  const sentBytes = Math.round(cell.counts.bytesOut / Math.max(1, all))
  const [label, thread] = [plainCell(cell.step), plainCell(cell.phase ?? 'doorbuster')]
  let lines = ''
  let index = 0
  for (const { elapsedMs, count, cause } of rows) {
    for (let each = 0; each < count; each++) {
      // Windows count a request when it is done; JMeter's readers take the time stamp for its start.
      const doneMs = startedAtMs + window.startMs + (window.lastingMs * (index++ + 0.5)) / all
      const timeStamp = Math.round(doneMs) - elapsedMs
      const [code, message, success, failure] = outcome(cause)
      const sizes = [bytes, sentBytes, under, under, elapsedMs, 0, 0]
      lines += csvLine([timeStamp, elapsedMs, label, code, message, thread, success, failure, ...sizes])
    }
  }
  return lines
}

/** Code, message, success, failure. Which status a good answer had is kept nowhere: 200 stands for all of them. */
function outcome(cause: string | null): readonly [string, string, boolean, string] {
  if (cause === null) return ['200', 'OK', true, '']
  const status = /^status:(\d{3})$/.exec(cause)?.[1]
  const plain = plainCell(cause)
  return [status ?? `Non HTTP response code: ${cause}`, plain, false, plain]
}

function goodRows(response: Histogram): readonly Row[] {
  return [...response.values()].map(({ valueUs, count }) => ({ elapsedMs: Math.round(valueUs / 1e3), count, cause: null }))
}

/** Times of failed requests are handed out to the causes in the order of both; what was never sent took no time. */
function badRows({ causes, failedResponse }: Cell): readonly Row[] {
  const failed = Object.entries(causes).filter(([cause]) => !cause.startsWith('dropped:'))
  const dropped = Object.entries(causes).filter(([cause]) => cause.startsWith('dropped:'))
  const rows: Row[] = dropped.map(([cause, count]) => ({ elapsedMs: 0, count, cause }))
  const times = [...failedResponse.values()]
  let left = times[0]?.count ?? 0
  let at = 0
  for (const [cause, count] of failed) {
    for (let missing = count; missing > 0; ) {
      const time = times[at]
      const taken = time === undefined ? missing : Math.min(missing, left)
      rows.push({ elapsedMs: Math.round((time?.valueUs ?? 0) / 1e3), count: taken, cause })
      missing -= taken
      left -= taken
      if (left === 0 && time !== undefined) left = times[++at]?.count ?? 0
    }
  }
  return rows
}
