// Header lines (RFC 9112 §5): names, values, folds, line ends; what would hide a header from one reader and show it to another fails.
import type { Vector } from './vector.ts'
import { answer, failure, ok } from './vector.ts'

const length = 'Content-Length: 1'
const withLine = (line: string): string => `${ok(line, length)}x`
const has = (name: string, line: string, headers: Readonly<Record<string, string | undefined>>): Vector =>
  answer(name, withLine(line), 'x', { headers })
const breaks = (name: string, line: string, cause: string): Vector => failure(name, withLine(line), cause)

export const headerLines: readonly Vector[] = [
  has('a value', 'X-Shop: open', { 'x-shop': 'open' }),
  has('an empty value', 'X-Shop:', { 'x-shop': '' }),
  has('a value of blanks', 'X-Shop: \t ', { 'x-shop': '' }),
  has('blanks round a value', 'X-Shop: \t open late \t', { 'x-shop': 'open late' }),
  has('colons in a value', 'X-Shop: a:b: c', { 'x-shop': 'a:b: c' }),
  has('bytes above 127 in a value', 'X-Shop: \xe9\xff', { 'x-shop': '\xe9\xff' }),
  has('controls in a value', 'X-Shop: a\x01\x7fb', { 'x-shop': 'a\x01\x7fb' }),
  has('the first of several', 'X-Shop: one\r\nx-shop: two', { 'x-shop': 'one' }),
  has('a name in capitals', 'X-SHOP: open', { 'x-shop': 'open' }),
  has('a name of one letter', 'X: y', { x: 'y' }),
  has('a name of all signs that may stand in one', "!#$%&'*+-.^_`|~09: y", { "!#$%&'*+-.^_`|~09": 'y' }),
  has('a name with an underscore', 'X_Shop: open', { x_shop: 'open' }),
  has('a name that only begins like another', 'X-Shopper: me', { 'x-shop': undefined }),
  has('a name that stands inside a value', 'X-A: X-Shop: open', { 'x-shop': undefined }),
  has('a name as long as one that frames', 'Content-Lengtx: 9', { 'content-lengtx': '9' }),
  has('a folded value', 'X-Shop: open\r\n late', { 'x-shop': 'open late' }),
  has('a value folded twice, with tabs', 'X-Shop: open \r\n\t late\t\r\n \tnight', { 'x-shop': 'open late night' }),
  has('a value that begins in its second line', 'X-Shop:\r\n open', { 'x-shop': 'open' }),
  has('a fold that looks like a header', 'X-Shop: open\r\n Content-Length: 9', { 'x-shop': 'open Content-Length: 9' }),
  answer('bare line feeds', 'HTTP/1.1 200 OK\nX-Shop: open\nContent-Length: 1\n\nx', 'x', { headers: { 'x-shop': 'open' } }),
  answer('a bare line feed among others', 'HTTP/1.1 200 OK\r\nX-Shop: open\nContent-Length: 1\r\n\nx', 'x', {
    headers: { 'x-shop': 'open' },
  }),
  answer('a fold behind a bare line feed', 'HTTP/1.1 200 OK\nX-Shop: open\n late\nContent-Length: 1\n\nx', 'x', {
    headers: { 'x-shop': 'open late' },
  }),
  breaks('a blank before a colon', 'X-Shop : open', 'malformed:header'),
  breaks('a tab before a colon', 'X-Shop\t: open', 'malformed:header'),
  breaks('no colon', 'X-Shop open', 'malformed:header'),
  breaks('no colon, and one word', 'X-Shop', 'malformed:header'),
  breaks('no name', ': open', 'malformed:header'),
  breaks('a name in quotes', '"X-Shop": open', 'malformed:header'),
  breaks('a name with brackets', 'X[Shop]: open', 'malformed:header'),
  breaks('a name with a byte above 127', 'X-Sh\xf6p: open', 'malformed:header'),
  breaks('a NUL in a name', 'X-\x00Shop: open', 'malformed:header'),
  breaks('a NUL in a value', 'X-Shop: op\x00en', 'malformed:nul'),
  breaks('a NUL in a fold', 'X-Shop: open\r\n l\x00te', 'malformed:nul'),
  breaks('a CR alone in a name', 'X-\rShop: open', 'malformed:header'),
  breaks('a CR alone in a value', 'X-Shop: open\rContent-Length: 9', 'malformed:cr'),
  breaks('two CR before a line feed', 'X-Shop: open\r', 'malformed:cr'),
  breaks('a CR alone where a header should begin', '\rX-Shop: open', 'malformed:cr'),
  failure('a fold before the first header', 'HTTP/1.1 200 OK\r\n X-Shop: open\r\nContent-Length: 1\r\n\r\nx', 'malformed:folded'),
  breaks('a folded length', 'Content-Length:\r\n 1', 'malformed:content-length'),
  breaks('a length folded behind its digits', 'Content-Length: 1\r\n 0', 'malformed:folded'),
  breaks('a folded encoding', 'Transfer-Encoding:\r\n chunked', 'malformed:folded'),
  breaks('an encoding folded behind its word', 'Transfer-Encoding: chunked\r\n , gzip', 'malformed:folded'),
  failure('a head cut in a name', 'HTTP/1.1 200 OK\r\nX-Sh', 'truncated'),
  failure('a head cut behind a CR', 'HTTP/1.1 200 OK\r\nX-Shop: open\r', 'truncated'),
  failure('a head cut before its last line', 'HTTP/1.1 200 OK\r\nX-Shop: open\r\n', 'truncated'),
  failure('a head cut in a line that is wrong already', 'HTTP/1.1 200 OK\r\nX Shop', 'malformed:header'),
]
