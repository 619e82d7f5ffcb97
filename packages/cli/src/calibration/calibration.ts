// What a machine was found to send cleanly, as it is kept: its form, and which of it may be relied on here and now. Opens no files.
import type { Machine } from '@doorbuster/measurements'
import { z } from 'zod'

const count = z.int().positive()
const ms = z.number().nonnegative()
const percentiles = z.object({ samples: z.int().nonnegative(), p50: ms, p90: ms, p99: ms })

const maximum = z.object({
  /** `urls`: requests over shared connections; `journeys`: shoppers of three requests each, on connections of their own. */
  kind: z.enum(['urls', 'journeys']),
  threads: count,
  /** Requests (`urls`) or shoppers (`journeys`) per second. */
  cleanPerSec: count,
  /** `target` and `bounds`: the generator may be able to do more. */
  limitedBy: z.enum(['generator', 'target', 'bounds']),
  /** What the lowest rate that was not clean came to, in words; null when every one was clean. */
  because: z.string().nullable(),
})

const secondOpinion = z.object({
  connections: count,
  /** Service times in fractional ms, of the same closed loop on the same target. */
  doorbuster: percentiles,
  autocannon: percentiles,
  /** Percentiles that are further apart than is allowed; empty: they agree. */
  disagreeing: z.array(z.enum(['p50', 'p90', 'p99'])),
})

const calibration = z.object({
  schema: z.literal('doorbuster/calibration@1'),
  startedAt: z.iso.datetime(),
  versions: z.object({ doorbuster: z.string(), node: z.string() }),
  machine: z.object({ cpu: z.string(), cores: count, memoryBytes: count, os: z.string() }),
  /** `doubtful`: the second opinion disagreed. */
  standing: z.enum(['trusted', 'doubtful']),
  maxima: z.array(maximum),
  secondOpinion,
})

export type Maximum = Readonly<z.infer<typeof maximum>>
export type CalibrationKind = Maximum['kind']
export type SecondOpinion = Readonly<z.infer<typeof secondOpinion>>
export type Percentiles = Readonly<z.infer<typeof percentiles>>
export type StoredCalibration = Readonly<Omit<z.infer<typeof calibration>, 'maxima'>> & { readonly maxima: readonly Maximum[] }

/** Where and by what a calibration is to be relied on. */
export type Here = { readonly now: Date; readonly machine: Machine; readonly versions: StoredCalibration['versions'] }

/** What its text holds, or what is wrong with it: "maxima[0].threads: expected …". */
export function parseCalibration(text: string): { readonly stored: StoredCalibration } | { readonly damage: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { damage: 'it is not JSON' }
  }
  const { data, error } = calibration.safeParse(value)
  if (data !== undefined) return { stored: data }
  const [issue] = error.issues
  return { damage: `${(issue?.path ?? []).join('.') || 'the whole'}: ${issue?.message ?? 'not as it should be'}` }
}

/** A month: libraries, kernels and neighbours change, and measuring again takes a minute. */
const mostAgeDays = 30
const dayMs = 86_400_000
/** A kernel keeps a little more or less of the memory for itself each time it starts. */
const memoryTolerance = 0.05

/** Why it says nothing about runs here and now; null when it does. */
export function unusable({ startedAt, versions, machine }: StoredCalibration, here: Here): string | null {
  const foreign = (['cpu', 'cores', 'os'] as const).find((fact) => machine[fact] !== here.machine[fact])
  if (foreign !== undefined) return `it is of another machine (${foreign} ${machine[foreign]}, here ${here.machine[foreign]})`
  if (Math.abs(machine.memoryBytes / here.machine.memoryBytes - 1) > memoryTolerance) return 'it is of a machine with other memory'
  if (versions.doorbuster !== here.versions.doorbuster)
    return `it was made by doorbuster ${versions.doorbuster}, and this is ${here.versions.doorbuster}`
  if (majorOf(versions.node) !== majorOf(here.versions.node))
    return `it was made on Node ${versions.node}, and this is ${here.versions.node}`
  const ageDays = Math.floor((here.now.getTime() - Date.parse(startedAt)) / dayMs)
  if (ageDays >= mostAgeDays) return `it is ${ageDays} days old, and after ${mostAgeDays} a machine may have changed`
  return ageDays < -1 ? 'it was made in the future' : null
}

/** Of "v26.10.0". */
function majorOf(nodeVersion: string): string {
  return nodeVersion.split('.', 1)[0] ?? ''
}
