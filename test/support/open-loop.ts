// A crowd in thirty lines: orders at due moments whatever the shop does, a timeout, retries. It proves how a shop behaves without asking
// doorbuster, of which it knows nothing.
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type Crowd = {
  /** Rates one after the other. */
  readonly phases: readonly { readonly perSec: number; readonly lastingMs: number }[]
  readonly timeoutMs: number
  /** Further attempts, made at once. */
  readonly retries: number
}

/** One shopper's wish: when it was due, from the start; how much later it was first sent; how often it was asked; whether it was granted. */
export type Intent = { readonly dueMs: number; readonly lateMs: number; readonly attempts: number; readonly isServed: boolean }

// Whoever hangs up loses the connection; the others may go on with theirs.
const agent = new Agent({ keepAlive: true })

function dueTimesMs(phases: Crowd['phases']): readonly number[] {
  let startMs = 0
  return phases.flatMap(({ perSec, lastingMs }) => {
    const from = startMs
    startMs += lastingMs
    return Array.from({ length: Math.floor((perSec * lastingMs) / 1_000) }, (_, nth) => from + (nth * 1_000) / perSec)
  })
}

/** Sends every order when it is due, and resolves when the last of them is served or given up. */
export async function sendCrowd(url: string, { phases, timeoutMs, retries }: Crowd): Promise<readonly Intent[]> {
  const startedMs = performance.now()
  return await Promise.all(
    dueTimesMs(phases).map(async (dueMs) => {
      await wait(Math.max(0, startedMs + dueMs - performance.now()))
      const lateMs = performance.now() - startedMs - dueMs
      for (let attempts = 1; attempts <= 1 + retries; attempts += 1) {
        if (await isSold(url, timeoutMs)) return { dueMs, lateMs, attempts, isServed: true }
      }
      return { dueMs, lateMs, attempts: 1 + retries, isServed: false }
    }),
  )
}

/** Hangs up after the timeout, as a shopper does. No key: what the shop works on for the dead is lost work, not a repeat. */
function isSold(url: string, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const asking = request(`${url}/orders`, { method: 'POST', agent }, (answer) => {
    answer.resume().once('end', () => resolve(answer.statusCode === 201))
  })
  const giveUp = setTimeout(() => asking.destroy(), timeoutMs)
  asking.once('error', () => resolve(false)).once('close', () => resolve(false))
  asking.end(JSON.stringify({ sku: 'tv-55', qty: 1 }))
  return promise.finally(() => clearTimeout(giveUp))
}
