// How much the shop is asked: what its figures page says, and what some faults call load.

export type Traffic = {
  arrived(): void
  answered(status: number): void
  /** With an answer or without one. */
  left(): void
  /** Requests that arrived and have not left. */
  inFlight(): number
  /** Requests that arrived within the last second. */
  perSec(): number
  answers(): ReadonlyMap<number, number>
}

const sliceMs = 50
const slices = 1_000 / sliceMs

export function createTraffic(nowMs: () => number): Traffic {
  const counts = new Array<number>(slices).fill(0)
  const answers = new Map<number, number>()
  let newest = 0
  let inFlight = 0
  const catchUp = () => {
    const current = Math.floor(nowMs() / sliceMs)
    for (let slice = Math.max(newest + 1, current - slices + 1); slice <= current; slice += 1) counts[slice % slices] = 0
    newest = current
    return current % slices
  }
  return {
    arrived() {
      const at = catchUp()
      counts[at] = (counts[at] ?? 0) + 1
      inFlight += 1
    },
    answered: (status) => void answers.set(status, (answers.get(status) ?? 0) + 1),
    perSec() {
      catchUp()
      return counts.reduce((sum, count) => sum + count, 0)
    },
    left() {
      inFlight -= 1
    },
    inFlight: () => inFlight,
    answers: () => answers,
  }
}
