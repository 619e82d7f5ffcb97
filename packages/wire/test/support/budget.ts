// A ceiling on sockets for one test.
import type { Budget } from '../../src/transport.ts'

export function budgetOf(most: number): Budget {
  let taken = 0
  return {
    take: () => {
      if (taken >= most) return false
      taken++
      return true
    },
    give: () => {
      taken--
    },
  }
}
