// The target's metrics pages beside one run: starts the thread that reads them, and puts what it tells on the run's own time.
import { Worker } from 'node:worker_threads'
import type { Clock } from '@doorbuster/generator'
import type { TargetFigure } from '@doorbuster/measurements'
import type { MetricsPage } from '@doorbuster/plan'
import type { Approval } from '../approve.ts'
import { pageWanted } from '../approve.ts'
import { maskSecrets } from '../secret.ts'
import type { WayOut } from '../transport-of-run.ts'
import { version } from '../version.ts'
import type { Scraped, ScrapeOrders } from './scrape-thread.ts'
import { figuresOf } from './series-reader.ts'

export type TargetPagesOptions = Pick<Approval, 'grounds'> & {
  readonly pages: readonly MetricsPage[]
  readonly way: WayOut
  readonly clock: Clock
  /** What every request says of the run. */
  readonly headers: Readonly<Record<string, string>>
  readonly tell: (figure: TargetFigure) => void
}

/** For the first readings, from which rates are counted. */
const mostWaitMs = 2_500
const mostNewsOfPage = 8
const longestTold = 200

export type TargetPages = {
  /** Once each page was asked for the first time. */
  readonly before: () => Promise<void>
  /** When the run's zero is put where it belongs. */
  readonly begin: () => void
  readonly after: () => Promise<void>
  readonly close: () => Promise<void>
}

export function openTargetPages(options: TargetPagesOptions): TargetPages {
  const { pages } = options
  const thread = startThread(options)
  const heard = new Set<string>()
  const first = new Promise<void>((resolve) => {
    thread.on('message', ({ page }: Scraped) => heard.add(page).size === pages.length && resolve())
    thread.once('error', () => resolve())
    setTimeout(resolve, mostWaitMs).unref()
  })
  const listener = new Listener(options)
  thread.on('message', (scraped: Scraped) => listener.hear(scraped))
  // Of a page too large to be worked on, the thread dies and the run goes on.
  thread.on('error', (error) => listener.lost(error))
  const close = async (): Promise<void> => {
    await thread.terminate()
  }
  return { before: () => first, begin: () => listener.begin(), after: close, close }
}

function startThread({ pages, grounds, way, headers }: TargetPagesOptions): Worker {
  const entry = new URL(import.meta.url.endsWith('.ts') ? './scrape-thread.ts' : './scrape-thread.js', import.meta.url)
  const own: ScrapeOrders = {
    pages,
    grounds: { ...grounds, wanted: pageWanted(grounds.wanted) },
    way,
    headers: { 'user-agent': `doorbuster/${version}`, ...headers },
  }
  const thread = new Worker(entry, { workerData: own, resourceLimits: { maxOldGenerationSizeMb: 128 } })
  // The run does not last for the pages' sake.
  thread.unref()
  return thread
}

/** Before the run has begun there is no time to tell a reading by: then it is only what the next one is counted from. */
class Listener {
  readonly #options: TargetPagesOptions
  readonly #news = new Map<string, Set<string>>()
  readonly #early: Scraped[] = []
  #hasBegun = false

  constructor(options: TargetPagesOptions) {
    this.#options = options
  }

  begin(): void {
    this.#hasBegun = true
    for (const scraped of this.#early.splice(0)) this.#tell(scraped, 0)
  }

  hear(scraped: Scraped): void {
    const { clock } = this.#options
    const atMs = scraped.atMs - clock.shared(0)
    if (this.#hasBegun && atMs >= 0) return this.#tell(scraped, atMs)
    const early = withoutValues(scraped)
    if (this.#hasBegun) this.#tell(early, 0)
    else if (this.#early.length < 1_000) this.#early.push(early)
  }

  lost(error: unknown): void {
    const because = `its reader ended: ${(error as NodeJS.ErrnoException).code ?? 'an error'}`
    const atMs = this.#hasBegun ? this.#options.clock.now() : 0
    for (const { name } of this.#options.pages) this.#tell({ kind: 'silent', page: name, atMs, because }, atMs)
  }

  #tell(scraped: Scraped, atMs: number): void {
    const { page } = scraped
    const figures: readonly TargetFigure[] =
      scraped.kind === 'figures'
        ? figuresOf(page, atMs, scraped.figures, (text) => this.#isNews(page, text))
        : this.#isNews(page, scraped.because)
          ? [{ kind: 'silence', atMs, page, because: maskSecrets(scraped.because).slice(0, longestTold) }]
          : []
    for (const figure of figures) this.#options.tell(figure)
  }

  /** Each reason once. */
  #isNews(page: string, text: string): boolean {
    const told = this.#news.get(page) ?? new Set()
    this.#news.set(page, told)
    if (told.has(text) || told.size >= mostNewsOfPage) return false
    told.add(text)
    return true
  }
}

function withoutValues(scraped: Scraped): Scraped {
  return scraped.kind === 'figures' ? { ...scraped, figures: { ...scraped.figures, values: {} } } : scraped
}
