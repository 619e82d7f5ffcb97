// Bodies of an announced length (RFC 9112 §6.2, §6.3), and all that is no length.
import type { Vector } from './vector.ts'
import { answer, failure, mostBodyBytes, ok } from './vector.ts'

const noLengths: readonly (readonly [what: string, value: string])[] = [
  ['a plus sign', '+8'],
  ['a minus sign', '-8'],
  ['hexadecimal', '0x8'],
  ['hexadecimal letters', 'a'],
  ['an exponent', '8e0'],
  ['a fraction', '8.0'],
  ['nothing', ''],
  ['blanks alone', ' \t '],
  ['two numbers with a blank between', '8 8'],
  ['a list that ends in nothing', '8,'],
  ['a list that begins with nothing', ',8'],
  ['a semicolon behind it', '8;'],
  ['quotes', '"8"'],
  ['a vertical tab before it', '\x0b8'],
  ['a no-break space before it', '\xa08'],
  ['a word', 'eight'],
  ['unequal numbers in one line', '8, 9'],
  ['three numbers, the last unequal', '8, 8, 7'],
  ['2^53', '9007199254740992'],
  ['2^64 + 8, that would wrap round to 8', '18446744073709551624'],
  ['forty digits', '8'.repeat(40)],
]

export const counted: readonly Vector[] = [
  answer('a length', `${ok('Content-Length: 8')}abcdefgh`, 'abcdefgh', { headers: { 'content-length': '8' } }),
  answer('a length of zero', ok('Content-Length: 0'), ''),
  answer('zeros before a length', `${ok('Content-Length: 0000008')}abcdefgh`, 'abcdefgh'),
  answer('blanks and tabs round a length', `${ok('Content-Length: \t 8 \t ')}abcdefgh`, 'abcdefgh'),
  answer('no blank before a length', `${ok('Content-Length:8')}abcdefgh`, 'abcdefgh'),
  answer('a name in capitals', `${ok('CONTENT-LENGTH: 8')}abcdefgh`, 'abcdefgh'),
  answer('a name in small letters', `${ok('content-length: 8')}abcdefgh`, 'abcdefgh'),
  answer(
    'line ends and a whole answer inside the body',
    `${ok('Content-Length: 23')}\r\n\r\nHTTP/1.1 500 No\r\n\r\n`,
    '\r\n\r\nHTTP/1.1 500 No\r\n\r\n',
  ),
  answer('a body of NUL and bytes above 127', `${ok('Content-Length: 4')}\x00\xff\x80\r`, '\x00\xff\x80\r'),
  answer('equal lengths in one line', `${ok('Content-Length: 8, 8')}abcdefgh`, 'abcdefgh'),
  answer('equal lengths in one line, without blanks', `${ok('Content-Length: 8,8,8')}abcdefgh`, 'abcdefgh'),
  answer('equal lengths in two lines', `${ok('Content-Length: 8', 'X: y', 'content-length: 8')}abcdefgh`, 'abcdefgh'),
  answer('equal lengths, one with a zero before it', `${ok('Content-Length: 8', 'Content-Length: 08')}abcdefgh`, 'abcdefgh'),
  failure('unequal lengths in two lines', `${ok('Content-Length: 8', 'Content-Length: 9')}abcdefgh`, 'malformed:content-length'),
  failure('a length and an empty one', `${ok('Content-Length: 8', 'Content-Length:')}abcdefgh`, 'malformed:content-length'),
  ...noLengths.map(([what, value]) =>
    failure(`no length: ${what}`, `${ok(`Content-Length: ${value}`)}abcdefgh`, 'malformed:content-length'),
  ),
  failure('no length, though HEAD has no body', ok('Content-Length: eight'), 'malformed:content-length', 'HEAD'),
  answer('a body at the limit', ok(`Content-Length: ${mostBodyBytes}`) + 'x'.repeat(mostBodyBytes), 'x'.repeat(mostBodyBytes)),
  failure('a length one above the limit', ok(`Content-Length: ${mostBodyBytes + 1}`), 'too-large'),
  failure('the largest length that is exact', ok('Content-Length: 9007199254740991'), 'too-large'),
  answer('more bytes than were announced', `${ok('Content-Length: 3')}abcdef`, 'abc', { leftBytes: 3 }),
  answer('another answer behind the answer', `${ok('Content-Length: 1')}a${ok('Content-Length: 1')}b`, 'a', {
    leftBytes: ok('Content-Length: 1').length + 1,
  }),
  answer('a line end too much behind the body', `${ok('Content-Length: 1')}a\r\n`, 'a', { leftBytes: 2 }),
  failure('fewer bytes than were announced', `${ok('Content-Length: 4')}abc`, 'truncated'),
]
