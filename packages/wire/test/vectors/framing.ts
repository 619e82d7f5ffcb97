// Which header decides where a message ends (RFC 9112 §6.1, §6.3): Transfer-Encoding, Content-Length, neither, both.
import type { Vector } from './vector.ts'
import { answer, failure, head, ok, untilTheEnd } from './vector.ts'

const body = '5\r\nhello\r\n0\r\n\r\n'

/** What is chunked whatever else is said of it. */
const chunkedWays: readonly (readonly [what: string, ...lines: readonly string[]])[] = [
  ['in capitals', 'TRANSFER-ENCODING: CHUNKED'],
  ['with blanks round it', 'Transfer-Encoding: \t chunked \t'],
  ['the last of a list', 'Transfer-Encoding: gzip, chunked'],
  ['the last of a list without blanks', 'Transfer-Encoding: gzip,chunked'],
  ['the last of several lines', 'Transfer-Encoding: gzip', 'X: y', 'Transfer-Encoding: chunked'],
  ['twice', 'Transfer-Encoding: chunked, chunked'],
  ['before an empty member', 'Transfer-Encoding: chunked, ,'],
  ['before an empty line of the same name', 'Transfer-Encoding: chunked', 'Transfer-Encoding:'],
]

const otherWays: readonly (readonly [what: string, ...lines: readonly string[]])[] = [
  ['not the last of a list', 'Transfer-Encoding: chunked, gzip'],
  ['not in the last line', 'Transfer-Encoding: chunked', 'Transfer-Encoding: gzip'],
  ['only a part of a word', 'Transfer-Encoding: xchunked'],
  ['with more behind it', 'Transfer-Encoding: chunkedx'],
  ['with a parameter', 'Transfer-Encoding: chunked;q=1'],
  ['in quotes', 'Transfer-Encoding: "chunked"'],
  ['behind a vertical tab', 'Transfer-Encoding: \x0bchunked'],
  ['identity instead', 'Transfer-Encoding: identity'],
  ['nothing at all', 'Transfer-Encoding:'],
]

export const framing: readonly Vector[] = [
  untilTheEnd('neither length nor encoding', `${ok('X: y')}all of it`, 'all of it'),
  untilTheEnd('no header at all', `${ok()}all of it`, 'all of it'),
  untilTheEnd('neither, and no body', ok(), ''),
  untilTheEnd('neither, though it says keep-alive', `${ok('Connection: keep-alive')}all of it`, 'all of it'),
  untilTheEnd('neither, and an answer inside the body', `${ok()}${ok('Content-Length: 0')}`, ok('Content-Length: 0')),
  failure('neither, above the limit', `${ok()}${'x'.repeat(4_097)}`, 'too-large'),
  ...chunkedWays.map(([what, ...lines]) => answer(`chunked: ${what}`, ok(...lines) + body, 'hello')),
  ...otherWays.map(([what, ...lines]) => untilTheEnd(`not chunked: ${what}`, ok(...lines) + body, body)),
  untilTheEnd('not chunked, and a length', `${ok('Transfer-Encoding: gzip', 'Content-Length: 2')}${body}`, body),
  answer(
    'chunked and a length: the length is not taken, the connection not kept',
    `${ok('Content-Length: 3', 'Transfer-Encoding: chunked')}${body}`,
    'hello',
    { isReusable: false },
  ),
  answer('chunked and a length behind it', `${ok('Transfer-Encoding: chunked', 'Content-Length: 3')}${body}`, 'hello', {
    isReusable: false,
  }),
  failure('chunked and a bad length', `${ok('Transfer-Encoding: chunked', 'Content-Length: -3')}${body}`, 'malformed:content-length'),
  answer(
    'chunked from a 1.0 server: read, and not used again',
    `${head('HTTP/1.0 200 OK', 'Connection: keep-alive', 'Transfer-Encoding: chunked')}${body}`,
    'hello',
    { isReusable: false },
  ),
  failure('a blank before the colon of an encoding', `${ok('Transfer-Encoding : chunked')}${body}`, 'malformed:header'),
]
