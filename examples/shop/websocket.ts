// A WebSocket's server side for short texts: the handshake, one frame at a time, pings and the farewell. RFC 6455, without extensions.
// https://www.rfc-editor.org/rfc/rfc6455
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export type TextSocket = {
  readonly send: (text: string) => void
  readonly close: (code: number) => void
  /** Once the connection is gone, however that came. */
  readonly onGone: (act: () => void) => void
}

const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const
const mostPayloadBytes = 1_024
const protocolError = 1_002
const tooBig = 1_009
const farewellMs = 2_000

/** Last words, and not for ever: who does not hang up is hung up on. */
export function farewell(socket: Duplex, words: Uint8Array | string): void {
  socket.end(words)
  setTimeout(() => socket.destroy(), farewellMs).unref()
}

/**
 * Undefined, and 400 on the socket, when it is no handshake. What the other side says is read and thrown away. Errors of the socket are
 * the caller's to hear.
 */
export function acceptSocket({ headers, method }: IncomingMessage, socket: Duplex, cookie?: string): TextSocket | undefined {
  const key = headers['sec-websocket-key']
  const isAsked = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13'
  if (!isAsked || key === undefined) {
    farewell(socket, 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    return undefined
  }
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const welcome = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: Upgrade', `sec-websocket-accept: ${accept}`]
  socket.write([...welcome, ...(cookie === undefined ? [] : [`set-cookie: ${cookie}`]), '', ''].join('\r\n'))
  const close = (code: number) => farewell(socket, frame(opcodes.close, closing(code)))
  listen(socket, close)
  return {
    send: (text) => void (socket.writable && socket.write(frame(opcodes.text, Buffer.from(text)))),
    close,
    onGone: (act) => void socket.once('close', act),
  }
}

function listen(socket: Duplex, close: (code: number) => void): void {
  let unread: Buffer = Buffer.alloc(0)
  // An HTTP server's sockets stay half open, and would stay so for ever.
  socket.on('end', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => {
    // After our last word nothing is kept of what still comes.
    if (!socket.writable) return
    unread = Buffer.concat([unread, bytes])
    for (let next = readFrame(unread); next !== undefined && socket.writable; next = readFrame(unread)) {
      if ('wrong' in next) return close(next.wrong)
      unread = unread.subarray(next.bytes)
      if (next.opcode === opcodes.ping) socket.write(frame(opcodes.pong, next.payload))
      if (next.opcode === opcodes.close) farewell(socket, frame(opcodes.close, next.payload.subarray(0, 2)))
    }
  })
}

type Frame = { readonly opcode: number; readonly payload: Buffer; readonly bytes: number }

/** Undefined until a whole frame is there. */
function readFrame(unread: Buffer): Frame | { readonly wrong: number } | undefined {
  if (unread.length < 2) return undefined
  const [first, second] = [unread.readUInt8(0), unread.readUInt8(1)]
  const short = second & 0x7f
  if ((second & 0x80) === 0) return { wrong: protocolError }
  if (short === 127) return { wrong: tooBig }
  const maskAt = short === 126 ? 4 : 2
  if (unread.length < maskAt) return undefined
  const payloadBytes = short === 126 ? unread.readUInt16BE(2) : short
  if (payloadBytes > mostPayloadBytes) return { wrong: tooBig }
  const bytes = maskAt + 4 + payloadBytes
  if (unread.length < bytes) return undefined
  const mask = unread.subarray(maskAt, maskAt + 4)
  const payload = Buffer.from(unread.subarray(maskAt + 4, bytes).map((byte, at) => byte ^ (mask[at % 4] ?? 0)))
  return { opcode: first & 0x0f, payload, bytes }
}

/** A whole message in one unmasked frame; at most 65,535 bytes. */
function frame(opcode: number, payload: Uint8Array): Buffer {
  const isShort = payload.length < 126
  const head = Buffer.alloc(isShort ? 2 : 4)
  head.writeUInt8(0x80 | opcode, 0)
  head.writeUInt8(isShort ? payload.length : 126, 1)
  if (!isShort) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

function closing(code: number): Buffer {
  const payload = Buffer.alloc(2)
  payload.writeUInt16BE(code)
  return payload
}
