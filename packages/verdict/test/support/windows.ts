// Windows as a few words, so that a test's numbers can be added up by its reader.
import type { Cell, Counts, RunEnd, RunStart, Window } from '@doorbuster/measurements'
import { Histogram, noCounts, Tally } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { parseObjective } from '@doorbuster/plan'
import type { Breach } from '../../src/judge.ts'
import { startJudging } from '../../src/judge.ts'
import type { Judgement, ObjectiveResult, TrustCheck } from '../../src/judgement.ts'

export type CellWords = {
  readonly phase?: string
  readonly step?: string
  /** Response times of ok answers, ms. */
  readonly ok?: readonly number[]
  readonly degraded?: readonly number[]
  /** Causes, one a failed request. */
  readonly failed?: readonly string[]
  readonly dropped?: readonly string[]
  /** Default: as many as have an outcome here. */
  readonly due?: number
  readonly sent?: number
}

export type WindowWords = {
  readonly cells?: readonly CellWords[]
  readonly lastingMs?: number
  readonly latenessMs?: readonly number[]
  readonly arrivals?: number
  readonly inFlight?: Window['inFlight']
  readonly loopP99Ms?: number
  readonly gcPauseMs?: Window['gcPauseMs']
  /** CPU time of each sending thread. */
  readonly cpuMs?: readonly (number | null)[]
}

export const times = (count: number, ms: number): readonly number[] => Array.from({ length: count }, () => ms)
export const causes = (count: number, cause = 'status:503'): readonly string[] => Array.from({ length: count }, () => cause)

/** One cell a window, one window a second. */
export function seconds(...cells: readonly CellWords[]): readonly WindowWords[] {
  return cells.map((cell) => ({ cells: [cell] }))
}

export function windowsOf(all: readonly WindowWords[]): readonly Window[] {
  return all.map((words, index) => windowOf(words, index))
}

function windowOf({ cells = [], lastingMs = 1_000, latenessMs = [], loopP99Ms = 1, ...words }: WindowWords, index: number): Window {
  const built = cells.map(cellOf)
  const arrivals = words.arrivals ?? built.reduce((sum, { counts }) => sum + counts.due, 0)
  return {
    index,
    startMs: index * 1_000,
    lastingMs,
    cells: built,
    shoppers: { due: arrivals, started: arrivals, finished: arrivals, threw: 0, dropped: 0, cut: 0 },
    checks: {},
    lateness: histogramOf(latenessMs),
    connect: histogramOf([]),
    handshake: histogramOf([]),
    inFlight: words.inFlight ?? { mean: 0, max: 0 },
    loopDelayMs: { p99: loopP99Ms, max: loopP99Ms },
    gcPauseMs: words.gcPauseMs ?? null,
    threads: (words.cpuMs ?? []).map((cpuMs, id) => ({ id, cpuMs })),
  }
}

function cellOf({ phase, step = 'landing', ok = [], degraded = [], failed = [], dropped = [], due, sent }: CellWords): Cell {
  const answered = [...ok, ...degraded]
  const outcomes = answered.length + failed.length + dropped.length
  const counts: Counts = {
    ...noCounts(),
    due: due ?? outcomes,
    sent: sent ?? answered.length + failed.length,
    ok: ok.length,
    degraded: degraded.length,
    failed: failed.length,
    dropped: dropped.length,
  }
  const causes: Record<string, number> = {}
  for (const cause of [...failed, ...dropped]) causes[cause] = (causes[cause] ?? 0) + 1
  const failedResponse = histogramOf(failed.map(() => 1))
  return { phase: phase ?? null, step, counts, causes, response: histogramOf(answered), service: histogramOf(answered), failedResponse }
}

export function histogramOf(allMs: readonly number[]): Histogram {
  const histogram = Histogram.create()
  for (const ms of allMs) histogram.recordMs(ms)
  return histogram
}

/** A run of so many seconds, without phases unless given. */
export function runStart(lastingSec: number, more: Partial<RunStart> = {}): RunStart {
  return {
    schema: 'doorbuster/run@1',
    name: 'test',
    target: 'http://127.0.0.1/',
    plan: null,
    planHash: 'plan',
    seed: 1,
    arrivalsHash: 'arrivals',
    shape: 'hold',
    model: 'open',
    startedAt: '2026-11-22T00:00:00.000Z',
    phases: [],
    peak: null,
    lastingMs: lastingSec * 1_000,
    arrivals: null,
    planned: { everyMs: 1_000, arrivals: [] },
    ceiling: { sockets: 100, shoppers: 100 },
    transport: 'undici',
    threads: 1,
    versions: { doorbuster: '0.0.0', node: '26.0.0' },
    machine: { cpu: 'test', cores: 2, memoryBytes: 1, os: 'linux' },
    ...more,
  }
}

export function runEnd(more: Partial<RunEnd> = {}): RunEnd {
  return { finished: true, stoppedBy: 'end', durationMs: 60_000, cpuSeconds: 1, ...more }
}

export type Judged = Judgement & { readonly breaches: readonly Breach[] }

export type JudgeWords = {
  readonly objectives: readonly string[]
  readonly windows: readonly WindowWords[]
  readonly start?: RunStart
  readonly end?: Partial<RunEnd>
  /** Spoils every window after the judge has seen it, as the generator does when it uses them again. */
  readonly isRecycled?: boolean
}

/** Judges window by window, as a live run does. The run lasts as long as its windows. */
export function judge({ objectives: texts, windows, start, end, isRecycled = false }: JudgeWords): Judged {
  const lastingSec = windows.length
  const tally = new Tally()
  const objectives = texts.map((text): Objective => parseObjective(text))
  const judge = startJudging({ objectives, start: start ?? runStart(lastingSec), tally })
  const breaches: Breach[] = []
  for (const window of windowsOf(windows)) {
    tally.add(window)
    breaches.push(...judge.window(window))
    if (isRecycled) spoil(window)
    destroy(window)
  }
  return { ...judge.finish(runEnd({ durationMs: lastingSec * 1_000, ...end })), breaches }
}

/** The only objective's result. */
export function judgeOne(
  objective: string,
  windows: readonly WindowWords[],
  more: Omit<JudgeWords, 'objectives' | 'windows'> = {},
): ObjectiveResult {
  const [result] = judge({ objectives: [objective], windows, ...more }).objectives
  if (result === undefined) throw new Error('one objective, one result')
  return result
}

/** One check of the instrument, with an objective that decides nothing. */
export function check(
  name: TrustCheck['name'],
  windows: readonly WindowWords[],
  more: Omit<JudgeWords, 'objectives' | 'windows'> = {},
): TrustCheck {
  const found = judge({ objectives: ['errors < 100%'], windows, ...more }).trust.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no check ${name}`)
  return found
}

/** Histograms live outside the garbage collector's reach. */
function destroy({ cells, lateness, connect, handshake }: Window): void {
  for (const histogram of [lateness, connect, handshake]) histogram.destroy()
  for (const { response, service, failedResponse } of cells)
    for (const histogram of [response, service, failedResponse]) histogram.destroy()
}

function spoil({ cells, lateness }: Window): void {
  lateness.reset()
  lateness.recordMs(99_999)
  for (const { counts, response, failedResponse } of cells) {
    Object.assign(counts, { due: 9, sent: 9, ok: 0, degraded: 0, failed: 9, dropped: 9 })
    response.reset()
    failedResponse.reset()
  }
}
