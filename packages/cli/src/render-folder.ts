// A run folder → its judgement and its renderings. One way for a run that just ended and for one that is read again.
import { join } from 'node:path'
import type { RunEnd, ShopFigure, StoredRun } from '@doorbuster/measurements'
import { GalleryCollector, RunFolderError, readRun, Tally, TargetRecord, Timeline, writeWhole } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { parseObjective } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import { loadHtml, renderJunit, renderMarkdown } from '@doorbuster/report'
import { startJudging, summarise } from '@doorbuster/verdict'
import { keptIn } from './kept.ts'
import { boundSignature } from './signing/bound.ts'
import { summaryText } from './signing/evidence.ts'
import { UsageError } from './usage.ts'

/** Everything in the folder, judged by these objectives, or by the plan's own. @throws UsageError when it holds no run */
export function judgeFolder(folder: string, objectives?: readonly Objective[]): Report {
  const run = readFolder(folder)
  const { start, events } = run
  const tally = new Tally()
  const timeline = new Timeline()
  const gallery = new GalleryCollector()
  const target = new TargetRecord()
  const judge = startJudging({ objectives: objectives ?? objectivesOf(run), start, tally, target })
  const [before, later] = [run.shop.filter(isBefore), run.shop.filter((figure) => !isBefore(figure))]
  for (const figure of before) judge.shop(figure)
  run.eachWindow((window) => {
    tally.add(window)
    timeline.add(window)
    gallery.add(window)
    judge.window(window)
  })
  for (const figure of later) judge.shop(figure)
  run.eachTarget((figure) => {
    target.add(figure)
    judge.target(figure)
  })
  const end = run.end ?? cutOff(tally.endMs)
  const summary = summarise(tally.facts(start, end), judge.finish(end))
  const signature = boundSignature(folder, start, summary)
  const { series } = target
  return {
    summary,
    start,
    timeline: timeline.rows,
    gallery: gallery.gallery(tally),
    events,
    ...(series !== null && { target: series }),
    ...keptIn(folder, start),
    ...(signature !== null && { signature }),
  }
}

function isBefore(figure: ShopFigure): boolean {
  return figure.kind === 'count' && figure.when === 'before'
}

/** @throws UsageError when it holds no run */
export function readFolder(folder: string): StoredRun {
  try {
    return readRun(folder)
  } catch (error) {
    if (error instanceof RunFolderError) throw new UsageError(error.path, error.expected, error.received)
    throw error
  }
}

/** Each file with its text; the summary last, so that its presence says that all is there. */
export async function renderings(report: Report): Promise<readonly (readonly [name: string, text: string])[]> {
  const renderHtml = await loadHtml()
  return [
    ['report.html', renderHtml(report)],
    ['report.md', renderMarkdown(report)],
    ['junit.xml', renderJunit(report)],
    ['summary.json', summaryText(report.summary)],
  ]
}

/** Writes summary.json and the renderings, each by rename. */
export async function writeRenderings(folder: string, report: Report): Promise<void> {
  for (const [name, text] of await renderings(report)) writeWhole(folder, name, text)
}

export function writeSummary(folder: string, report: Report): void {
  writeWhole(folder, 'summary.json', summaryText(report.summary))
}

export function reportPath(folder: string): string {
  return join(folder, 'report.html')
}

function objectivesOf({ start }: StoredRun): readonly Objective[] {
  const { objectives = [] } = start.plan as { readonly objectives?: readonly { readonly text: string }[] }
  return objectives.map(({ text }) => parseObjective(text))
}

function cutOff(durationMs: number): RunEnd {
  const note = 'the run was cut off before it could say how it ended: killed, crashed, or still running'
  return { finished: false, stoppedBy: 'cut-off', durationMs, cpuSeconds: null, note }
}
