// Stands in for the bank: a call that takes a while and holds no CPU. It never declines.
// The one thing in this shop that is simulated; both manners pay alike.
import { setTimeout as wait } from 'node:timers/promises'

export type Pay = () => Promise<void>

/** Calls take 30 to 60 ms, every length equally often, in the same order on every run; or all of them `payMs`. */
export function createPayment(payMs?: number): Pay {
  let calls = 0
  return async () => {
    calls += 1
    await wait(payMs ?? 30 + ((calls * 17) % 31))
  }
}
