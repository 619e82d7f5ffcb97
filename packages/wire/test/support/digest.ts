// One reading of spoilt bytes, boiled down to what two readings of the same bytes must agree in. Filled again for each case.
import type { ResponseReader } from '../../src/response-reader.ts'
import type { WireRequest } from '../../src/transport.ts'
import type { Dice } from './dice.ts'
import type { Mutant } from './mutant.ts'

const garbage = Buffer.from('\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n'.repeat(8))
const buffer = Buffer.alloc(8_192)

export class Digest {
  cause = ''
  status = 0
  isReusable = false
  /** How many bytes belonged to the answer. */
  readBytes = 0
  bodyBytes = 0
  bodyHash = 0
  /** A header that the clean answer has. */
  nth: string | undefined

  /** Feeds the mutant in pieces of at most so many bytes (0: whole), then ends the connection. */
  read(
    reader: ResponseReader,
    mutant: Mutant,
    request: Pick<WireRequest, 'method' | 'keepBody'>,
    dice: Dice,
    mostPieceBytes: number,
  ): this {
    reader.begin(request.method, request.keepBody)
    this.readBytes = 0
    while (this.readBytes < mutant.length && !reader.isDone && !reader.hasFailed) {
      const wanted = Math.min(mutant.length - this.readBytes, mostPieceBytes === 0 ? mutant.length : 1 + dice.below(mostPieceBytes))
      mutant.bytes.copy(buffer, 0, this.readBytes, this.readBytes + wanted)
      const reached = reader.feed(buffer, 0, wanted)
      if (reached < wanted && !reader.isDone && !reader.hasFailed) throw new Error('bytes were left, though the answer was not over')
      this.readBytes += Math.min(reached, wanted)
      if (!reader.isDone) garbage.copy(buffer)
    }
    if (!reader.isDone && !reader.hasFailed) reader.end()
    if (reader.isDone === reader.hasFailed) throw new Error('an answer that neither came nor failed')
    this.#note(reader)
    return this
  }

  #note(reader: ResponseReader): void {
    const { isDone } = reader
    const body = isDone ? reader.body : null
    this.cause = isDone ? '' : reader.cause
    this.status = isDone ? reader.status : 0
    this.isReusable = isDone && reader.isReusable
    this.nth = isDone ? reader.header('x-nth') : undefined
    // Where a failure was noticed hangs on the pieces.
    if (!isDone) this.readBytes = 0
    this.bodyBytes = body?.length ?? 0
    this.bodyHash = 0
    for (let at = 0; at < this.bodyBytes; at++) this.bodyHash = Math.imul(this.bodyHash ^ (body?.[at] ?? 0), 0x01000193)
  }

  equals(other: Digest): boolean {
    return (
      this.cause === other.cause &&
      this.status === other.status &&
      this.isReusable === other.isReusable &&
      this.nth === other.nth &&
      this.readBytes === other.readBytes &&
      this.bodyBytes === other.bodyBytes &&
      this.bodyHash === other.bodyHash
    )
  }
}
