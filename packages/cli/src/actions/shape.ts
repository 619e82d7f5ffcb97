// Draws and prints what would arrive. Sends nothing.
import { dirname, resolve } from 'node:path'
import type { Plan, Spacing, Stage } from '@doorbuster/plan'
import { formatShape, parseShape, resolveCurves } from '@doorbuster/plan'
import { drawShape, sayCount, sayRate, saySpan, shapeBucketMs } from '@doorbuster/report'
import type { Outline } from '@doorbuster/schedule'
import { dueTimes, hashArrivals, outline, planned } from '@doorbuster/schedule'
import { isPlanFile, loadPlan } from '../load-plan.ts'
import { presetsText } from '../presets-text.ts'
import { readUserText, UsageError } from '../usage.ts'
import type { World } from '../world.ts'
import { widthOf } from '../world.ts'

export type ShapeFlags = {
  readonly json?: boolean
  readonly due?: number
  readonly presets?: boolean
  readonly spacing?: Spacing
  readonly seed?: number
  readonly ascii?: boolean
}

type Traffic = { readonly traffic: readonly Stage[]; readonly spacing: Spacing; readonly seed: number }

/** Prints the drawing, the numbers, the due times or the presets, as the flags say. */
export async function shape(world: World, source: string | undefined, flags: ShapeFlags): Promise<void> {
  if (flags.presets === true) world.stdout.write(presetsText(flags.json === true))
  else await printShape(world, source, flags)
}

async function printShape(world: World, source: string | undefined, flags: ShapeFlags): Promise<void> {
  if (source === undefined) throw new UsageError('shape', 'a plan file, a shape as text, or --presets', 'nothing')
  const found = await trafficOf(source, world.cwd)
  const traffic = { ...found, spacing: flags.spacing ?? found.spacing, seed: flags.seed ?? found.seed }
  if (flags.due !== undefined) return printDue(world, traffic, flags.due)
  const facts = outline(traffic.traffic)
  if (flags.json === true) world.stdout.write(`${JSON.stringify(asJson(traffic, facts), null, 2)}\n`)
  else world.stdout.write(`${asText(world, traffic, facts, flags.ascii === true)}\n`)
}

/** What ends like a plan file is one; anything else is a shape. */
async function trafficOf(source: string, cwd: string): Promise<Traffic> {
  if (isPlanFile(source) && !/\s/.test(source)) return trafficOfPlan(await loadPlan(source, cwd), source)
  const readText = (file: string): string => readUserText(resolve(dirname(resolve(cwd, 'shape')), file), 'a readable curve file')
  return { traffic: resolveCurves(parseShape(source), readText), spacing: 'even', seed: 1 }
}

function trafficOfPlan({ model, seed }: Plan, source: string): Traffic {
  if (model.kind === 'closed')
    throw new UsageError(source, 'a plan with traffic (the open model)', 'a closed loop, whose arrivals the target decides')
  return { traffic: model.traffic, spacing: model.spacing, seed }
}

/** In pieces, so that a hundred million lines need no more memory than a page, and a reader who has seen enough ends it. */
async function printDue({ stdout }: World, traffic: Traffic, most: number): Promise<void> {
  let left = most
  let piece = ''
  for (const dueMs of dueTimes(traffic)) {
    if (left-- <= 0) break
    piece += `${dueMs}\n`
    if (piece.length < pieceCharacters) continue
    stdout.write(piece)
    piece = ''
    if (!(await stdout.flush())) return
  }
  stdout.write(piece)
}

const pieceCharacters = 1 << 16

function asJson({ traffic, spacing, seed }: Traffic, facts: Outline) {
  const meanPerSec = facts.lastingMs > 0 ? (facts.arrivals * 1e3) / facts.lastingMs : null
  return {
    shape: formatShape(traffic),
    spacing,
    seed,
    arrivals: facts.arrivals,
    lastingMs: facts.lastingMs,
    meanPerSec,
    peak: facts.peak,
    phases: facts.phases,
    stages: facts.stages,
    arrivalsHash: hashArrivals({ traffic, spacing, seed }),
  }
}

function asText(world: World, { traffic }: Traffic, facts: Outline, isAscii: boolean): string {
  const everyMs = shapeBucketMs(facts.lastingMs)
  const look = { width: widthOf(world.stdout), characters: isAscii ? 'ascii' : 'blocks' } as const
  const drawing =
    facts.lastingMs > 0
      ? drawShape({ everyMs, arrivals: planned(traffic, everyMs), phases: facts.phases, lastingMs: facts.lastingMs }, look)
      : ''
  const meanPerSec = facts.lastingMs > 0 ? (facts.arrivals * 1e3) / facts.lastingMs : null
  const stages = facts.stages.map(({ kind, phase, startMs, lastingMs, arrivals, peakPerSec }) =>
    [
      `  ${saySpan(startMs).padStart(8)}`,
      `for ${saySpan(lastingMs)}`.padEnd(12),
      kind.padEnd(8),
      sayCount(arrivals).padStart(10),
      'arrivals, peak',
      sayRate(peakPerSec),
      phase === null ? '' : `(${phase})`,
    ]
      .join(' ')
      .trimEnd(),
  )
  return [drawing, '', totalLine(facts, meanPerSec), '', ...stages, '', formatShape(traffic)].join('\n')
}

/** The concentration (peak over mean) is what a plan for a whole day gets wrong first. */
function totalLine({ arrivals, lastingMs, peak }: Outline, meanPerSec: number | null): string {
  const total = `${sayCount(arrivals)} arrivals in ${saySpan(lastingMs)}`
  if (meanPerSec === null || peak === null || meanPerSec === 0) return total
  const concentration = Number((peak.perSec / meanPerSec).toPrecision(3))
  return `${total}, mean ${sayRate(meanPerSec)}, peak ${sayRate(peak.perSec)} in its busiest second: ${concentration} × the mean`
}
