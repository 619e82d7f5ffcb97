// A socket and the client that owns it.
import type { Socket } from 'node:net'
import type { Client } from 'undici'

/** `bytes…` are the socket's counters when the last exchange ended. */
export type Line = {
  readonly origin: string
  readonly client: Client
  socket: Socket | null
  connectMs: number | null
  bytesRead: number
  bytesWritten: number
  /** Takes it out of its lane's idle ones; set while it is idle. */
  leave: (() => void) | null
  /** Gives up a connection that is still being opened. */
  abandon: (() => void) | null
}
