// Phase edges of a run as events, each at its own moment.
import type { RunFolder, RunStart } from '@doorbuster/measurements'

export type PhaseEdges = { tell(untilMs: number): void; stop(): void }

const lookEveryMs = 250

export function tellPhases({ phases }: RunStart, folder: RunFolder, now: () => number, stopped: AbortSignal): PhaseEdges {
  let told = 0
  const tell = (untilMs: number): void => {
    // A phase whose arrivals were called off never began.
    if (stopped.aborted) return
    for (let next = phases[told]; next !== undefined && next.startMs <= untilMs; next = phases[told]) {
      folder.note({ atMs: next.startMs, kind: 'phase', text: next.name })
      told++
    }
  }
  const timer = setInterval(() => tell(now()), lookEveryMs)
  return { tell, stop: () => clearInterval(timer) }
}
