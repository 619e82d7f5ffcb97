// A target that does as little as a target can: the module of a process of its own. It reads no more of a request than where it ends, and
// answers with bytes that were ready before. Loopback only; gone with the process that started it, or after its time.
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { waitsMs } from './null-answers.ts'

/** What it tells its parent. `busyRatio`: share of the time from the first to the last request in which it had something to do. */
export type FromNullTarget = { readonly kind: 'listening'; readonly port: number } | { readonly kind: 'busy'; readonly busyRatio: number }

const longestLifeMs = 15 * 60_000
const readEveryMs = 20
/** Connections that came and were not looked at yet: journeys bring a new one each. */
const backlog = 4_096

const page = answer('200 OK', 'text/html', `<!doctype html><title>null</title>${'<p>nothing</p>'.repeat(30)}`)
const product = answer(
  '200 OK',
  'application/json',
  JSON.stringify({ sku: 'tv-55', name: 'Television, 55 inches', priceCents: 49_900, stock: 120, tags: ['tv', 'bargain', 'doors'] }),
)
const order = answer('201 Created', 'application/json', JSON.stringify({ id: 'o-1', sku: 'tv-55', qty: 1, state: 'accepted' }))

function answer(status: string, type: string, body: string): Buffer {
  return Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function serve(tell: (message: FromNullTarget) => void): void {
  const load = new LoadWatch()
  const waits = waitsMs.flatMap(({ ofTwenty, waitMs }) => Array.from({ length: ofTwenty }, () => waitMs))
  let turn = 0
  const nextWaitMs = (): number => {
    // Coprime to twenty, so that the long ones are spread among the short.
    turn = (turn + 7) % waits.length
    return waits[turn] ?? 0
  }
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    attend(socket, () => load.note(), nextWaitMs)
  })
  process.on('message', () => tell({ kind: 'busy', busyRatio: load.read() }))
  process.on('disconnect', () => process.exit())
  // Whoever started this one may have gone while it was starting.
  if (!process.connected) process.exit()
  setTimeout(() => process.exit(), longestLifeMs)
  server.listen({ port: 0, host: '127.0.0.1', backlog }, () => tell({ kind: 'listening', port: (server.address() as AddressInfo).port }))
}

/** One request at a time on a connection, as every client here sends them. A body is only waited for. */
function attend(socket: Socket, note: () => void, nextWaitMs: () => number): void {
  let kept: Buffer | null = null
  socket.on('data', (bytes: Buffer) => {
    const request = kept === null ? bytes : Buffer.concat([kept, bytes])
    kept = isWhole(request) ? null : request
    if (kept !== null) return
    note()
    // The letter behind the slash tells the paths apart: "GET /p…", "GET /w…".
    if (request[0] === letter.P) socket.write(order)
    else if (request[5] === letter.p) socket.write(product)
    else if (request[5] === letter.w) setTimeout(() => socket.writable && socket.write(page), nextWaitMs())
    else socket.write(page)
  })
}

const letter = { P: 0x50, p: 0x70, w: 0x77 } as const

/** A GET ends with its head; of a POST the length is read, since its body may come later. */
function isWhole(request: Buffer): boolean {
  if (request[0] !== letter.P) return request.subarray(-4).equals(headEnd)
  const bodyAt = request.indexOf(headEnd) + headEnd.length
  if (bodyAt < headEnd.length) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(request.toString('latin1', 0, bodyAt))?.[1] ?? 0
  return request.length >= bodyAt + Number(length)
}

const headEnd = Buffer.from('\r\n\r\n')

/** How busy the event loop was while requests came: a loop without an idle moment is full, whoever took its core. */
class LoadWatch {
  #seen = 0
  #seenAtLast = 0
  #first = performance.eventLoopUtilization()
  #last = this.#first

  constructor() {
    setInterval(() => {
      if (this.#seen === this.#seenAtLast) return
      this.#seenAtLast = this.#seen
      this.#last = performance.eventLoopUtilization()
    }, readEveryMs)
  }

  note(): void {
    if (this.#seen++ === 0) this.#first = performance.eventLoopUtilization()
  }

  /** 0 to 1, and begins anew. */
  read(): number {
    const { utilization } = performance.eventLoopUtilization(this.#last, this.#first)
    this.#seen = 0
    this.#seenAtLast = 0
    this.#last = this.#first
    return Number.isFinite(utilization) ? utilization : 0
  }
}

serve((message) => process.send?.(message))
