// What the requests of journeys have in common, found on every request without a key being made of what they differ in.
import type { Call } from './errand.ts'

/** A journey that makes up a timeout for each request must not fill the memory. */
const mostCalls = 1_000

export class JourneyCalls {
  readonly #origins = new Map<string, Map<string, Map<number, Call>>>()
  #count = 0

  get(origin: string, method: string, timeoutMs: number): Call | undefined {
    return this.#origins.get(origin)?.get(method)?.get(timeoutMs)
  }

  /** One too many is not kept. */
  keep(origin: string, method: string, timeoutMs: number, call: Call): void {
    if (this.#count >= mostCalls) return
    this.#count++
    const methods = this.#origins.get(origin) ?? new Map<string, Map<number, Call>>()
    const timeouts = methods.get(method) ?? new Map<number, Call>()
    this.#origins.set(origin, methods)
    methods.set(method, timeouts)
    timeouts.set(timeoutMs, call)
  }
}
