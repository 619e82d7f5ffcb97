// A socket and the undici client that owns it.
import type { Socket } from 'node:net'
import type { Client } from 'undici'

/** `bytes…` are the socket's counters when an exchange last ended, `…Ms` how long it took to open until an exchange has told it. */
export type Line = {
  readonly origin: string
  readonly client: Client
  socket: Socket | null
  connectMs: number | null
  handshakeMs: number | null
  bytesRead: number
  bytesWritten: number
  /** Takes it out of its lane's idle ones; null while it is busy. */
  leave: (() => void) | null
  /** Gives up a connection that is still being opened. */
  abandon: (() => void) | null
}
