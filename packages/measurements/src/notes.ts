// What one window notes beside its requests, by name or one by one. Handed over whole with the window; knows no clock.
import { byName, nameWithin } from './by-name.ts'
import { addNumber, noCounter, noCounters } from './counters.ts'
import type { Finding, OrderEntry } from './ledger-entries.ts'
import { addFindings } from './ledger-entries.ts'
import type { CheckCounts, Window } from './window.ts'

/** Causes, checks, counters and trends beyond this many names are counted together under the last one. */
export const mostNames = 100

export class Notes {
  #checks = byName<CheckCounts>()
  #counters = noCounters()
  #orders: OrderEntry[] = []
  #findings = new Map<string, Finding>()

  check(name: string, passed: boolean): void {
    const known = nameWithin(this.#checks, name, mostNames)
    this.#checks[known] ??= { passed: 0, failed: 0 }
    const counts = this.#checks[known]
    if (passed) counts.passed++
    else counts.failed++
  }

  /** Adds to a number that is counted under a name. */
  number(name: string, value: number): void {
    const known = nameWithin(this.#counters, name, mostNames)
    this.#counters[known] ??= noCounter()
    addNumber(this.#counters[known], value)
  }

  ordered(entry: OrderEntry): void {
    this.#orders.push(entry)
  }

  found(finding: Finding): void {
    addFindings(this.#findings, [finding])
  }

  /** Everything since it was asked last. */
  take(): Pick<Window, 'checks' | 'counters' | 'orders' | 'findings'> {
    const taken = { checks: this.#checks, counters: this.#counters, orders: this.#orders, findings: [...this.#findings.values()] }
    this.#checks = byName()
    this.#counters = noCounters()
    this.#orders = []
    this.#findings = new Map()
    return taken
  }
}
