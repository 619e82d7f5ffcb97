// Chunked bodies (RFC 9112 §7.1): sizes, extensions, trailers, line ends, and where they break.
import type { Vector } from './vector.ts'
import { answer, failure, mostBodyBytes, ok } from './vector.ts'

const chunkedHead = ok('Transfer-Encoding: chunked')

/** A body as it stands behind the head. */
const reads = (name: string, bytes: string, body: string): Vector => answer(name, chunkedHead + bytes, body)
const breaks = (name: string, bytes: string, cause: string): Vector => failure(name, chunkedHead + bytes, cause)

const last = '0\r\n\r\n'

export const chunked: readonly Vector[] = [
  reads('one chunk', `5\r\nhello\r\n${last}`, 'hello'),
  reads('several chunks', `5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n${last}`, 'hello world'),
  reads('no chunk but the last', last, ''),
  reads('a size in small hexadecimal letters', `1a\r\n${'x'.repeat(26)}\r\n${last}`, 'x'.repeat(26)),
  reads('a size in capital hexadecimal letters', `1A\r\n${'x'.repeat(26)}\r\n${last}`, 'x'.repeat(26)),
  reads('zeros before a size', '000000000000000000005\r\nhello\r\n00000000000000000000\r\n\r\n', 'hello'),
  reads('an extension', '5;name=value\r\nhello\r\n0;last\r\n\r\n', 'hello'),
  reads('an extension in quotes, with a semicolon', `5;a="b;c\\"d"\r\nhello\r\n${last}`, 'hello'),
  reads('an empty extension', `5;\r\nhello\r\n${last}`, 'hello'),
  reads('blanks before an extension', `5 \t;name=value\r\nhello\r\n${last}`, 'hello'),
  reads('blanks behind a size', '5  \r\nhello\r\n0 \r\n\r\n', 'hello'),
  reads('line ends and a last chunk inside a chunk', `7\r\n0\r\n\r\n\r\n\r\n${last}`, '0\r\n\r\n\r\n'),
  reads('trailers', '5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n', 'hello'),
  reads('a trailer that speaks of framing', '5\r\nhello\r\n0\r\nContent-Length: 99\r\nConnection: close\r\n\r\n', 'hello'),
  reads('bare line feeds', '5\nhello\n0\n\n', 'hello'),
  reads('bare line feeds behind extension and trailer', '5;x\nhello\n0\nX: y\n\n', 'hello'),
  answer('a trailer is no header', `${chunkedHead}0\r\nX-Sum: 1\r\n\r\n`, '', { headers: { 'x-sum': undefined } }),
  answer('bytes behind the last chunk', `${chunkedHead}1\r\na\r\n${last}xyz`, 'a', { leftBytes: 3 }),
  reads(
    'a body at the limit, in two chunks',
    `800\r\n${'x'.repeat(2_048)}\r\n800\r\n${'y'.repeat(2_048)}\r\n${last}`,
    'x'.repeat(2_048) + 'y'.repeat(2_048),
  ),
  breaks('a body one above the limit', `1000\r\n${'x'.repeat(mostBodyBytes)}\r\n1\r\ny`, 'too-large'),
  reads('a size of sixteen digits, all but one of them zeros', `0000000000000005\r\nhello\r\n${last}`, 'hello'),
  breaks('a size beyond 48 bits', '1000000000000\r\n', 'malformed:chunk-size'),
  breaks('a size that would wrap round to five', '10000000000000005\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('no size', '\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('an extension without a size', ';x=y\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a blank before a size', ' 5\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a plus sign', '+5\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a minus sign', '-5\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('0x before a size', '0x5\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a letter that is no digit', '5g\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('two sizes in a line', '5 5\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a size that ends in CR alone', '5\rhello\r\n', 'malformed:chunk-size'),
  breaks('a NUL behind a size', '5\x00\r\nhello\r\n', 'malformed:chunk-size'),
  breaks('a CR alone inside an extension', '5;a\rb\r\nhello\r\n', 'malformed:chunk-extension'),
  breaks('a NUL inside an extension', '5;a\x00\r\nhello\r\n', 'malformed:chunk-extension'),
  breaks('an extension beyond 16 kB', `5;${'x'.repeat(16_384)}\r\nhello\r\n`, 'too-large'),
  breaks('zeros without end', '0'.repeat(17_000), 'too-large'),
  breaks('a chunk longer than its size', '5\r\nhello!\r\n', 'malformed:chunk-end'),
  breaks('a chunk shorter than its size', `7\r\nhello\r\n${last}`, 'malformed:chunk-end'),
  reads('a chunk one shorter than its size: its CR is data, and the LF alone ends it', `6\r\nhello\r\n${last}`, 'hello\r'),
  breaks('no line end behind a chunk', `5\r\nhello${last}`, 'malformed:chunk-end'),
  breaks('a CR alone behind a chunk', `5\r\nhello\r${last}`, 'malformed:chunk-end'),
  breaks('a CR alone where the last line should be', '0\r\n\rX: y\r\n\r\n', 'malformed:trailer'),
  breaks('trailers beyond the limit', `0\r\n${`X: ${'y'.repeat(997)}\r\n`.repeat(300)}`, 'too-large'),
  breaks('cut before the first size', '', 'truncated'),
  breaks('cut inside a size', '5', 'truncated'),
  breaks('cut inside a chunk', '5\r\nhel', 'truncated'),
  breaks('cut behind a chunk', '5\r\nhello\r\n', 'truncated'),
  breaks('cut before the last line', '5\r\nhello\r\n0\r\n', 'truncated'),
]
