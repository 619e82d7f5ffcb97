// Windows as a few words, so that a test's numbers can be added up by its reader.
import type { Cell, Counts, Cut, Finding, OrderEntry, RunEnd, RunStart, ShopFigure, ShopperCounts, Window } from '@doorbuster/measurements'
import { Histogram, newCut, noCounts, noShoppers, Tally } from '@doorbuster/measurements'
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
  /** Default: as many as are due. */
  readonly intents?: number
  readonly attempts?: number
}

/** The same of a cut. A visit that failed has its cause: `gave-up:product`. */
export type CutWords = Omit<CellWords, 'step'> & Pick<Cut, 'by' | 'name'>

export type WindowWords = {
  readonly cells?: readonly CellWords[]
  readonly lastingMs?: number
  readonly latenessMs?: readonly number[]
  readonly arrivals?: number
  /** In place of as many finished as arrived. */
  readonly shoppers?: Partial<ShopperCounts>
  readonly cuts?: readonly CutWords[]
  /** A bare number: counted once. */
  readonly counters?: Readonly<Record<string, number | Window['counters'][string]>>
  readonly trends?: Readonly<Record<string, readonly number[]>>
  readonly findings?: readonly (Partial<Finding> & Pick<Finding, 'kind' | 'count'>)[]
  readonly inFlight?: Window['inFlight']
  readonly loopP99Ms?: number
  readonly gcPauseMs?: Window['gcPauseMs']
  readonly orders?: readonly OrderEntry[]
  /** Answers that were searched for what is another shopper's. */
  readonly scanned?: number
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
    shoppers: { ...noShoppers(), due: arrivals, started: arrivals, ...(words.shoppers ?? { finished: arrivals }) },
    checks: {},
    cuts: (words.cuts ?? []).map(cutOf),
    counters: Object.fromEntries(
      Object.entries(
        words.scanned === undefined
          ? (words.counters ?? {})
          : { 'privacy.scanned': { count: words.scanned, sum: words.scanned, min: 1, max: 1 } },
      ).map(([name, one]) => [name, typeof one === 'number' ? { count: 1, sum: one, min: one, max: one } : { ...one }]),
    ),
    trends: Object.fromEntries(Object.entries(words.trends ?? {}).map(([name, all]) => [name, histogramOf(all)])),
    orders: words.orders ?? [],
    findings: (words.findings ?? []).map((given) => ({ ...aFinding, firstMs: index * 1_000, ...given })),
    lateness: histogramOf(latenessMs),
    connect: histogramOf([]),
    handshake: histogramOf([]),
    inFlight: words.inFlight ?? { mean: 0, max: 0 },
    loopDelayMs: { p99: loopP99Ms, max: loopP99Ms },
    gcPauseMs: words.gcPauseMs ?? null,
    threads: (words.cpuMs ?? []).map((cpuMs, id) => ({ id, cpuMs })),
  }
}

const aFinding: Finding = {
  kind: 'personal-data',
  step: 'account',
  where: 'body',
  field: 'email',
  count: 1,
  firstMs: 0,
  lastMs: 0,
  owners: [1],
  viewers: [2],
  cache: null,
  node: null,
  sample: null,
}

function cutOf({ by, name, ...words }: CutWords): Cut {
  const { counts, causes, response, failedResponse, phase } = cellOf(words)
  return { ...newCut({ by, name, phase }), counts, causes, response, failedResponse }
}

function cellOf({
  phase,
  step = 'landing',
  ok = [],
  degraded = [],
  failed = [],
  dropped = [],
  due,
  sent,
  intents,
  attempts,
}: CellWords): Cell {
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
    intents: intents ?? due ?? outcomes,
    attempts: attempts ?? due ?? outcomes,
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
  /** What the shop said before the first window, and after the last. */
  readonly shop?: readonly ShopFigure[]
  /** Spoils every window after the judge has seen it, as the generator does when it uses them again. */
  readonly isRecycled?: boolean
}

/** Judges window by window, as a live run does. The run lasts as long as its windows. */
export function judge({ objectives: texts, windows, start, end, shop = [], isRecycled = false }: JudgeWords): Judged {
  const lastingSec = windows.length
  const tally = new Tally()
  const objectives = texts.map((text): Objective => parseObjective(text))
  const judge = startJudging({ objectives, start: start ?? runStart(lastingSec), tally })
  const breaches: Breach[] = []
  const isBefore = (figure: ShopFigure): boolean => figure.kind === 'count' && figure.when === 'before'
  for (const figure of shop.filter(isBefore)) breaches.push(...judge.shop(figure))
  for (const window of windowsOf(windows)) {
    tally.add(window)
    breaches.push(...judge.window(window))
    if (isRecycled) spoil(window)
    destroy(window)
  }
  for (const figure of shop.filter((each) => !isBefore(each))) breaches.push(...judge.shop(figure))
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
function destroy({ cells, cuts, trends, lateness, connect, handshake }: Window): void {
  for (const histogram of [lateness, connect, handshake, ...Object.values(trends)]) histogram.destroy()
  for (const { response, failedResponse } of cuts) for (const histogram of [response, failedResponse]) histogram.destroy()
  for (const { response, service, failedResponse } of cells)
    for (const histogram of [response, service, failedResponse]) histogram.destroy()
}

function spoil({ cells, cuts, trends, counters, shoppers, lateness }: Window): void {
  for (const histogram of Object.values(trends)) histogram.reset()
  for (const counter of Object.values(counters)) Object.assign(counter, { count: 9, sum: 999 })
  Object.assign(shoppers, { finished: 0, gaveUp: 999 })
  lateness.reset()
  lateness.recordMs(99_999)
  for (const { counts, response, failedResponse } of [...cells, ...cuts]) {
    Object.assign(counts, { due: 9, sent: 9, ok: 0, degraded: 0, failed: 9, dropped: 9 })
    response.reset()
    failedResponse.reset()
  }
}
