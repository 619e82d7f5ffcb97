// What is written down and judged of one run while it goes on, and what stops it for that: windows, events, figures of the shop. Sends nothing.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Stop } from '@doorbuster/generator'
import type { RunEnd, RunEvent, RunFolder, RunStart, ShopFigure, TargetFigure, Window } from '@doorbuster/measurements'
import { GalleryCollector, Tally, TargetRecord, Timeline } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import type { Breach, Judge } from '@doorbuster/verdict'
import { startJudging, summarise } from '@doorbuster/verdict'
import type { Outputs } from './outputs.ts'
import type { Progress } from './progress.ts'

/** Why nothing more need be sent, in a sentence; null while it need. */
export type HopelessWatch = (tally: Tally) => string | null

export type RunRecordOptions = {
  readonly objectives: readonly Objective[]
  readonly start: RunStart
  readonly folder: RunFolder
  readonly progress: Progress
  readonly outputs: Outputs
  readonly stop: AbortController
  readonly hopeless?: HopelessWatch
}

export class RunRecord {
  readonly #options: RunRecordOptions
  readonly #tally = new Tally()
  readonly #timeline = new Timeline()
  readonly #gallery = new GalleryCollector()
  readonly #target = new TargetRecord()
  readonly #judge: Judge
  readonly #breaches: string[] = []
  #digesting = Promise.resolve()

  constructor(options: RunRecordOptions) {
    this.#options = options
    this.#judge = startJudging({ objectives: options.objectives, start: options.start, tally: this.#tally, target: this.#target })
  }

  /** What only the shop can tell still. */
  open(): ReturnType<Judge['open']> {
    return this.#judge.open()
  }

  /**
   * Windows are digested one after the other, in turns of the event loop of their own, so that sending is never held up by more than a piece.
   * `release` gives the window back.
   */
  window(window: Window, release: () => void): void {
    this.#digesting = this.#digesting.then(() => this.#digest(window, release))
  }

  /** Once every window that was handed over is digested. */
  digested(): Promise<void> {
    return this.#digesting
  }

  event(event: RunEvent): void {
    this.#options.folder.note(event)
    this.#heed(this.#judge.event(event))
  }

  shop(figure: ShopFigure): void {
    this.#options.folder.shop(figure)
    this.#heed(this.#judge.shop(figure))
  }

  target(figure: TargetFigure): void {
    this.#options.folder.target(figure)
    this.#target.add(figure)
    this.#heed(this.#judge.target(figure))
  }

  /** Once, after everything else. */
  conclude(end: RunEnd): Report {
    const { start, folder } = this.#options
    const summary = summarise(this.#tally.facts(start, end), this.#judge.finish(end))
    const target = this.#target.series
    const pictures = { gallery: this.#gallery.gallery(this.#tally), ...(target !== null && { target }) }
    return { summary, start, timeline: this.#timeline.rows, events: folder.events, ...pictures }
  }

  async #digest(window: Window, release: () => void): Promise<void> {
    const { folder } = this.#options
    try {
      await nextTurn()
      this.#take(window)
      await nextTurn()
      await folder.append(window, nextTurn)
    } catch (error) {
      this.#stop(new Stop('bug', error instanceof Error ? (error.stack ?? error.message) : String(error)))
    }
    release()
    if (folder.failure !== null) this.#stop(new Stop('disk', `the run folder can no longer be written: ${folder.failure}`))
  }

  #take(window: Window): void {
    const { progress, outputs } = this.#options
    this.#tally.add(window)
    this.#gallery.add(window)
    const row = this.#timeline.add(window)
    this.#heed(this.#judge.window(window))
    progress.window(row, this.#tally.causes, this.#tally.shoppers, this.#breaches)
    outputs.window(window, row)
    const because = this.#options.hopeless?.(this.#tally) ?? null
    if (because !== null) this.#stop(new Stop('abort', because))
  }

  #heed(breaches: readonly Breach[]): void {
    for (const { objective, atMs, because, abort, isAtOnce } of breaches) {
      this.#breaches.push(because)
      this.#options.folder.note({ atMs, kind: abort ? 'abort' : 'warn', text: because })
      if (abort) this.#stop(new Stop('abort', `${objective.text}: ${because}`, isAtOnce))
    }
  }

  /** The first reason stands. */
  #stop(why: Stop): void {
    const { stop } = this.#options
    if (!stop.signal.aborted) stop.abort(why)
  }
}
