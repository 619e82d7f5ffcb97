// The program of a server that holds its answers back: `held-server.ts <port> <holding as JSON>`.
// It writes down when each request came and how long it was held, and tells that at /log. Its answers go out to a fraction of a
// millisecond: while any is near it asks the clock over and over, which is why it has a CPU of its own.
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { HeldLog, Holding } from './held-answers.ts'
import { answerMs } from './held-answers.ts'

type Held = { readonly arrivedMs: number; readonly nth: number; readonly response: ServerResponse; readonly dueMs: number }

const [port = '', holdingText = ''] = process.argv.slice(2)
const holding: Holding = JSON.parse(holdingText)
/** A timer may be this late. From here on the clock is asked. */
const nearMs = 2.5
const body = Buffer.from('held')

let firstMs: number | undefined
let seen = 0
let mostWaiting = 0
const held = new Set<Held>()
const arrivedMs: number[] = []
const serviceMs: number[] = []

const server = createServer((request, response) => {
  const nowMs = performance.now()
  if (request.url === '/log') {
    const log: HeldLog = { arrivedMs: Array.from(arrivedMs), serviceMs: Array.from(serviceMs), mostWaiting }
    response.end(JSON.stringify(log))
    return
  }
  hold(response, nowMs)
})
server.keepAliveTimeout = 120_000
server.requestTimeout = 0
server.headersTimeout = 0
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4_096 })

function hold(response: ServerResponse, nowMs: number): void {
  firstMs ??= nowMs
  seen += 1
  const one = { arrivedMs: nowMs - firstMs, nth: seen, response, dueMs: dueMs(nowMs - firstMs, seen) }
  held.add(one)
  response.once('close', () => held.delete(one))
  mostWaiting = Math.max(mostWaiting, held.size)
  if (holding.kind === 'waiting' && seen === holding.users) setTimeout(releaseAll, holding.longerMs)
  if (holding.kind !== 'waiting') releaseWhenDue(one)
}

function dueMs(sinceFirstMs: number, nth: number): number {
  return holding.kind === 'waiting' ? Number.POSITIVE_INFINITY : answerMs(holding, sinceFirstMs, nth)
}

function releaseAll(): void {
  for (const one of held) release(one)
}

/** A timer until it is near, then the clock. */
function releaseWhenDue(one: Held): void {
  const inMs = one.dueMs - sinceFirst()
  if (inMs <= 0) release(one)
  else if (inMs > nearMs) setTimeout(releaseWhenDue, inMs - nearMs, one)
  else setImmediate(releaseWhenDue, one)
}

function sinceFirst(): number {
  return performance.now() - (firstMs ?? 0)
}

function release(one: Held): void {
  held.delete(one)
  one.response.setHeader('content-length', body.length)
  one.response.end(body)
  arrivedMs[one.nth - 1] = one.arrivedMs
  serviceMs[one.nth - 1] = sinceFirst() - one.arrivedMs
}
