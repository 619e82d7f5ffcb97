// Limits on heads: bytes of a line, bytes of all heads of an answer, count of headers. One byte or one header below, at, and above.
import type { Vector } from './vector.ts'
import { answer, failure, ok } from './vector.ts'

const mostLineBytes = 100_000
const mostHeadBytes = 300_000
const mostHeaders = 5_000

const status = 'HTTP/1.1 200 OK\r\n'
const length = 'Content-Length: 1\r\n'
const end = '\r\n'

/** A header line of so many bytes. */
const line = (bytes: number): string => `X: ${'y'.repeat(bytes - 5)}\r\n`

/** A head of so many bytes, in lines of 10,000 and a rest. */
function headOf(bytes: number): string {
  const rest = bytes - status.length - length.length - end.length
  const lines = Math.floor(rest / 10_000) - 1
  return status + line(10_000).repeat(lines) + line(rest - lines * 10_000) + length + end
}

export const limits: readonly Vector[] = [
  answer('a line at the limit', `${status}${line(mostLineBytes)}${length}${end}x`, 'x'),
  failure('a line one above the limit', `${status}${line(mostLineBytes + 1)}${length}${end}x`, 'too-large'),
  failure('a line that never ends', `${status}X: ${'y'.repeat(mostLineBytes)}`, 'too-large'),
  failure('a name that never ends', `${status}${'x'.repeat(mostLineBytes + 1)}`, 'too-large'),
  failure('a reason that never ends', `HTTP/1.1 200 ${'y'.repeat(mostLineBytes)}`, 'too-large'),
  failure('a NUL beyond the limit of a line is not looked for', `${status}X: ${'y'.repeat(mostLineBytes)}\x00`, 'too-large'),
  answer('a head at the limit', `${headOf(mostHeadBytes)}x`, 'x'),
  failure('a head one above the limit', `${headOf(mostHeadBytes + 1)}x`, 'too-large'),
  failure('folds count too', `${status}X: y\r\n${` ${'z'.repeat(997)}\r\n`.repeat(300)}`, 'too-large'),
  answer('so many headers', `${ok(...Array.from({ length: mostHeaders - 1 }, (_, nth) => `X${nth}: y`), 'Content-Length: 1')}x`, 'x', {
    headers: { x4998: 'y' },
  }),
  failure(
    'one header too many',
    `${ok(...Array.from({ length: mostHeaders }, (_, nth) => `X${nth}: y`), 'Content-Length: 1')}x`,
    'too-large',
  ),
]
