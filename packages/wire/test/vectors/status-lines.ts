// Status lines (RFC 9112 §4): what is HTTP/1.x and what only looks like it.
import type { Vector } from './vector.ts'
import { answer, failure } from './vector.ts'

const with1 = (line: string): string => `${line}\r\nContent-Length: 1\r\n\r\nx`

const fine: readonly (readonly [what: string, line: string, status: number])[] = [
  ['a reason of several words', 'HTTP/1.1 404 Not Found', 404],
  ['an empty reason', 'HTTP/1.1 200 ', 200],
  ['no reason, and no blank', 'HTTP/1.1 200', 200],
  ['a reason of blanks', 'HTTP/1.1 200    ', 200],
  ['a reason of bytes above 127', 'HTTP/1.1 200 \xc3\xbc\xff', 200],
  ['a reason with a tab and other controls', 'HTTP/1.1 200 a\tb\x01\x7f', 200],
  ['a reason that looks like a header', 'HTTP/1.1 200 Content-Length: 9', 200],
  ['a status that nobody knows', 'HTTP/1.1 299 Odd', 299],
  ['a status above 599', 'HTTP/1.1 999 Blocked', 999],
]

const noStatus: readonly (readonly [what: string, line: string])[] = [
  ['two digits', 'HTTP/1.1 20 OK'],
  ['one digit', 'HTTP/1.1 2 OK'],
  ['four digits', 'HTTP/1.1 2000 OK'],
  ['none', 'HTTP/1.1 OK'],
  ['none, and nothing else', 'HTTP/1.1 '],
  ['below 100', 'HTTP/1.1 099 Low'],
  ['zero', 'HTTP/1.1 000 Zero'],
  ['a minus sign', 'HTTP/1.1 -200 OK'],
  ['a letter among the digits', 'HTTP/1.1 2x0 OK'],
  ['two blanks before it', 'HTTP/1.1  200 OK'],
  ['a tab behind it', 'HTTP/1.1 200\tOK'],
  ['a reason glued to it', 'HTTP/1.1 200OK'],
]

const noVersion: readonly (readonly [what: string, line: string])[] = [
  ['0.9', 'HTTP/0.9 200 OK'],
  ['2.0', 'HTTP/2.0 200 OK'],
  ['2', 'HTTP/2 200 OK'],
  ['3', 'HTTP/3 200 OK'],
  ['1', 'HTTP/1 200 OK'],
  ['1.10', 'HTTP/1.10 200 OK'],
  ['11.1', 'HTTP/11.1 200 OK'],
  ['1.x', 'HTTP/1.x 200 OK'],
  ['1,1', 'HTTP/1,1 200 OK'],
  ['a tab behind it', 'HTTP/1.1\t200 OK'],
  ['nothing behind it', 'HTTP/1.1'],
]

const noHttp: readonly (readonly [what: string, line: string])[] = [
  ['RTSP', 'RTSP/1.0 200 OK'],
  ['ICE', 'ICE/1.0 200 OK'],
  ['ICY', 'ICY 200 OK'],
  ['HTT', 'HTT/1.1 200 OK'],
  ['HTTPS', 'HTTPS/1.1 200 OK'],
  ['small letters', 'http/1.1 200 OK'],
  ['one small letter', 'HTTp/1.1 200 OK'],
  ['a blank before it', ' HTTP/1.1 200 OK'],
  ['an empty line before it', '\r\nHTTP/1.1 200 OK'],
  ['a blank inside it', 'HTTP /1.1 200 OK'],
  ['a request', 'GET / HTTP/1.1'],
  ['a page without a head', '<!doctype html><html></html>'],
  ['the greeting of SSH', 'SSH-2.0-OpenSSH_9.2'],
  ['an alert of TLS', '\x15\x03\x01\x00\x02\x02\x28'],
  ['settings of HTTP/2', '\x00\x00\x06\x04\x00\x00\x00\x00\x00'],
  ['a byte order mark', '\xef\xbb\xbfHTTP/1.1 200 OK'],
  ['no version', 'HTTP/ 200 OK'],
  ['a version of letters', 'HTTP/one 200 OK'],
]

export const statusLines: readonly Vector[] = [
  ...fine.map(([what, line, status]) => answer(`status line with ${what}`, with1(line), 'x', { status })),
  ...noStatus.map(([what, line]) => failure(`no status: ${what}`, with1(line), 'malformed:status')),
  ...noVersion.map(([what, line]) => failure(`no version: ${what}`, with1(line), 'malformed:version')),
  ...noHttp.map(([what, line]) => failure(`no HTTP: ${what}`, with1(line), 'malformed:status-line')),
  failure('a CR alone in a status line', 'HTTP/1.1 200 OK\r\rContent-Length: 1\r\n\r\nx', 'malformed:cr'),
  failure('a CR alone in place of a reason', 'HTTP/1.1 200\rOK\r\n\r\n', 'malformed:cr'),
  failure('a NUL in a reason', with1('HTTP/1.1 200 O\x00K'), 'malformed:nul'),
  failure('nothing at all', '', 'reset'),
  failure('one byte of HTTP', 'H', 'truncated'),
  failure('a status line without its end', 'HTTP/1.1 200 OK', 'truncated'),
  failure('not HTTP, and cut in its first word', 'SSH', 'malformed:status-line'),
]
