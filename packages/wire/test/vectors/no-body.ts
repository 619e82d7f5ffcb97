// Answers that have no body whatever they announce (RFC 9110 §6.4.1): to HEAD, 204 and 304. What is sent all the same belongs to nobody.
import type { Vector } from './vector.ts'
import { answer, head } from './vector.ts'

const noContent = (...lines: readonly string[]): string => head('HTTP/1.1 204 No Content', ...lines)
const notModified = (...lines: readonly string[]): string => head('HTTP/1.1 304 Not Modified', ...lines)
const okHead = (...lines: readonly string[]): string => head('HTTP/1.1 200 OK', ...lines)

export const noBody: readonly Vector[] = [
  answer('HEAD with a length', okHead('Content-Length: 1000'), '', { method: 'HEAD' }),
  answer('HEAD with a length above the limit', okHead('Content-Length: 100000000000'), '', { method: 'HEAD' }),
  answer('HEAD with an encoding', okHead('Transfer-Encoding: chunked'), '', { method: 'HEAD' }),
  answer('HEAD with an encoding that is not chunked', okHead('Transfer-Encoding: gzip'), '', { method: 'HEAD' }),
  answer('HEAD with neither', okHead(), '', { method: 'HEAD' }),
  answer('HEAD with a body', `${okHead('Content-Length: 4')}body`, '', { method: 'HEAD', leftBytes: 4 }),
  answer('HEAD with a chunked body', `${okHead('Transfer-Encoding: chunked')}0\r\n\r\n`, '', { method: 'HEAD', leftBytes: 5 }),
  answer('HEAD answered by 404', head('HTTP/1.1 404 Not Found', 'Content-Length: 9'), '', { method: 'HEAD', status: 404 }),
  answer('HEAD answered by close', okHead('Connection: close'), '', { method: 'HEAD', isReusable: false }),
  answer('204', noContent(), '', { status: 204 }),
  answer('204 with a length of zero', noContent('Content-Length: 0'), '', { status: 204 }),
  answer('204 that announces a body: not used again', noContent('Content-Length: 4'), '', { status: 204, isReusable: false }),
  answer('204 that sends a body', `${noContent('Content-Length: 4')}body`, '', { status: 204, isReusable: false, leftBytes: 4 }),
  answer('204 that announces chunks: not used again', noContent('Transfer-Encoding: chunked'), '', { status: 204, isReusable: false }),
  answer('304', notModified('ETag: "a"'), '', { status: 304, headers: { etag: '"a"' } }),
  answer('304 with the length that 200 would have', notModified('Content-Length: 1000'), '', { status: 304 }),
  answer('304 with an encoding', notModified('Transfer-Encoding: chunked'), '', { status: 304 }),
  answer('304 that sends a body', `${notModified('Content-Length: 4')}body`, '', { status: 304, leftBytes: 4 }),
  answer('205 has a body if it says so', `${head('HTTP/1.1 205 Reset Content', 'Content-Length: 1')}x`, 'x', { status: 205 }),
  answer('304 to HEAD', notModified(), '', { method: 'HEAD', status: 304 }),
]
