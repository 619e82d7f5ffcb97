// Sends a file behind a head, a piece at a time, as fast as the socket takes it.
import type { ReadStream } from 'node:fs'
import { createReadStream } from 'node:fs'
import type { Writable } from 'node:stream'
import type { FileBody } from './transport.ts'

export type UploadEvents = {
  readonly onSent: (bytes: number) => void
  /** It cannot be read, or (null) does not have the length that was told to the server. */
  readonly onFailed: (error: Error | null) => void
}

export class Upload {
  readonly #file: ReadStream
  #leftBytes: number
  #isStopped = false

  constructor(socket: Writable, { file, bytes }: FileBody, { onSent, onFailed }: UploadEvents) {
    this.#leftBytes = bytes
    this.#file = createReadStream(file)
    const resume = (): void => {
      this.#file.resume()
    }
    const fail = (error: Error | null): void => {
      if (this.#isStopped) return
      this.stop()
      onFailed(error)
    }
    this.#file.on('data', (piece) => {
      if (this.#isStopped) return
      this.#leftBytes -= piece.length
      if (this.#leftBytes < 0) return fail(null)
      onSent(piece.length)
      if (!socket.write(piece)) {
        this.#file.pause()
        socket.once('drain', resume)
      }
    })
    this.#file.on('end', () => {
      if (this.#leftBytes > 0) fail(null)
    })
    this.#file.on('error', fail)
  }

  get isDone(): boolean {
    return this.#leftBytes === 0
  }

  stop(): void {
    this.#isStopped = true
    this.#file.destroy()
  }
}
