// Whether the connection may be used again (RFC 9112 §9.3): versions, options in any case, in lists and in several lines.
import type { Vector } from './vector.ts'
import { answer, head } from './vector.ts'

const length = 'Content-Length: 1'
const answered = (version: string, ...lines: readonly string[]): string => `${head(`HTTP/${version} 200 OK`, ...lines, length)}x`

const kept: readonly (readonly [what: string, version: string, ...lines: readonly string[]])[] = [
  ['1.1 says nothing', '1.1'],
  ['1.1 says keep-alive', '1.1', 'Connection: keep-alive'],
  ['1.1 says something else', '1.1', 'Connection: x-closed, closer, disclose'],
  ['1.1 says nothing in many words', '1.1', 'Connection:'],
  ['1.1 says close in another header', '1.1', 'Proxy-Connection: close', 'X-Connection: close', 'Connectio: close'],
  ['1.0 says keep-alive', '1.0', 'Connection: keep-alive'],
  ['1.0 says Keep-Alive', '1.0', 'Connection: Keep-Alive'],
  ['1.0 says keep-alive in a list', '1.0', 'Connection: x-a ,\tKEEP-ALIVE , x-b'],
  ['1.0 says keep-alive in its second line', '1.0', 'Connection: x-a', 'Connection: keep-alive'],
  ['1.9 counts as 1.1', '1.9'],
]

const closed: readonly (readonly [what: string, version: string, ...lines: readonly string[]])[] = [
  ['1.1 says close', '1.1', 'Connection: close'],
  ['1.1 says Close', '1.1', 'Connection: Close'],
  ['1.1 says CLOSE in capitals', '1.1', 'CONNECTION: CLOSE'],
  ['1.1 says close without a blank', '1.1', 'Connection:close'],
  ['1.1 says close between blanks', '1.1', 'Connection: \t close \t '],
  ['1.1 says close first of a list', '1.1', 'Connection: close, x-a'],
  ['1.1 says close last of a list', '1.1', 'Connection: x-a,close'],
  ['1.1 says close in its second line', '1.1', 'Connection: x-a', 'X: y', 'Connection: close'],
  ['1.1 says close in its first line', '1.1', 'Connection: close', 'Connection: x-a'],
  ['1.1 says close and keep-alive', '1.1', 'Connection: close, keep-alive'],
  ['1.1 says keep-alive, then close', '1.1', 'Connection: keep-alive', 'Connection: close'],
  ['1.1 says close in a folded line', '1.1', 'Connection: x-a,\r\n close'],
  ['1.1 says anything at all in a folded line', '1.1', 'Connection: x-a,\r\n x-b'],
  ['1.0 says nothing', '1.0'],
  ['1.0 says something else', '1.0', 'Connection: x-keep-alive, keep-alives'],
  ['1.0 says keep-alive and close', '1.0', 'Connection: keep-alive, close'],
  ['1.0 says keep-alive in a header of another name', '1.0', 'Keep-Alive: timeout=5', 'Proxy-Connection: keep-alive'],
]

export const keepAlive: readonly Vector[] = [
  ...kept.map(([what, version, ...lines]) => answer(`kept: ${what}`, answered(version, ...lines), 'x')),
  ...closed.map(([what, version, ...lines]) => answer(`closed: ${what}`, answered(version, ...lines), 'x', { isReusable: false })),
]
