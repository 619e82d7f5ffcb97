// Reads a vector as a connection would: piece after piece through one buffer that is overwritten as soon as its reader gave it back.
import type { ResponseReader } from '../../src/response-reader.ts'
import type { Reading, Vector } from '../vectors/vector.ts'

/** Where all pieces are read to, and what stands there afterwards: line ends, digits and colons, that would do harm if they were believed. */
const buffer = Buffer.alloc(400_000)
const garbage = Buffer.from('\r\n0\r\n\r\nHTTP/1.1 666 Wrong\r\nContent-Length: 7\r\n\r\n')

/** `cuts`: where pieces begin, besides the first. The server closes the connection behind the last one, unless the answer was over. */
export function readInPieces(reader: ResponseReader, { bytes, method, expected }: Vector, cuts: readonly number[]): Reading {
  reader.begin(method, 'whole')
  let readBytes = 0
  let isCut = false
  for (const [nth, from] of [0, ...cuts].entries()) {
    const to = cuts[nth] ?? bytes.length
    buffer.write(bytes.slice(from, to), 0, 'latin1')
    readBytes += reader.feed(buffer, 0, to - from)
    if (reader.isDone || reader.hasFailed) break
    buffer.fill(garbage, 0, Math.max(to - from, 100))
    isCut = to === bytes.length
  }
  if (isCut) reader.end()
  if (reader.hasFailed) return { cause: reader.cause }
  const names = 'cause' in expected ? [] : Object.keys(expected.headers)
  return {
    status: reader.status,
    body: Buffer.from(reader.body ?? []).toString('latin1'),
    isReusable: reader.isReusable,
    leftBytes: bytes.length - readBytes,
    endsWith: isCut ? 'connection' : 'message',
    headers: Object.fromEntries(names.map((name) => [name, reader.header(name)])),
  }
}
