// Answers of 1xx before the answer (RFC 9110 §15.2), however many; and the one that nobody asked for.
import type { Vector } from './vector.ts'
import { answer, failure, head, ok, untilTheEnd } from './vector.ts'

const proceed = head('HTTP/1.1 100 Continue')
const hints = head('HTTP/1.1 103 Early Hints', 'Link: </a.css>; rel=preload', 'X-From: hints')
const real = `${ok('X-From: answer', 'Content-Length: 4')}real`

export const informational: readonly Vector[] = [
  answer('100', proceed + real, 'real'),
  answer('100 without a reason', head('HTTP/1.1 100 ') + real, 'real'),
  answer('102', head('HTTP/1.1 102 Processing') + real, 'real'),
  answer('103, whose headers are not those of the answer', hints + real, 'real', { headers: { 'x-from': 'answer', link: undefined } }),
  answer('an unknown 1xx', head('HTTP/1.1 199 What', 'X: y') + real, 'real'),
  answer('several', proceed + hints + hints + proceed + real, 'real', { headers: { 'x-from': 'answer', link: undefined } }),
  answer('thirty', hints.repeat(30) + real, 'real'),
  answer(
    '1xx whose framing is not that of the answer',
    head('HTTP/1.1 103 Early Hints', 'Content-Length: 99', 'Connection: close') + real,
    'real',
  ),
  answer('1xx with an encoding of its own', head('HTTP/1.1 103 Early Hints', 'Transfer-Encoding: chunked') + real, 'real'),
  answer('1xx before the answer to HEAD', hints + ok('Content-Length: 4'), '', { method: 'HEAD' }),
  answer('1xx before 204', proceed + head('HTTP/1.1 204 No Content'), '', { status: 204 }),
  answer('1xx with bare line feeds', `HTTP/1.1 100 Continue\n\n${real}`, 'real'),
  untilTheEnd('1xx before a body without length', `${proceed}${ok()}all of it`, 'all of it'),
  failure('1xx with a body', `${head('HTTP/1.1 103 Early Hints', 'Content-Length: 4')}body${real}`, 'malformed:status-line'),
  failure('1xx with a bad length', head('HTTP/1.1 103 Early Hints', 'Content-Length: x') + real, 'malformed:content-length'),
  failure('101 that nobody asked for', head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket') + real, 'malformed:upgrade'),
  failure('101 behind 100', proceed + head('HTTP/1.1 101 Switching Protocols'), 'malformed:upgrade'),
  failure('nothing behind 1xx', hints, 'truncated'),
  failure('a cut answer behind 1xx', `${hints}HTTP/1.1 20`, 'truncated'),
  failure('1xx without end', hints.repeat(5_000), 'too-large'),
]
