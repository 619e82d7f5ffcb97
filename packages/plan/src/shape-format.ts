// Stages become text that parses back to the same stages. The grammar stands in shape-text.ts.
import { quoteFile } from './shape-tokens.ts'
import type { Curve, Decay, Rush, Stage } from './stages.ts'
import { formatCount, formatDuration, formatRate } from './units.ts'

/** `line`: all on one line. `lines`: a stage a line. */
export type ShapeLayout = 'line' | 'lines'

/**
 * The law: `parseShape(formatShape(stages))` equals the stages. The one exception is a curve whose file has been read: its text
 * names the file, so the points come back only after `resolveCurves`.
 */
export function formatShape(stages: readonly Stage[], layout: ShapeLayout = 'line'): string {
  return stages.map(formatStage).join(layout === 'lines' ? '\n' : '; ')
}

function formatStage(stage: Stage): string {
  return stage.phase === undefined ? formatVerb(stage) : `${stage.phase}: ${formatVerb(stage)}`
}

function formatVerb(stage: Stage): string {
  const lasting = formatDuration(stage.lastingMs)
  switch (stage.kind) {
    case 'hold':
      return `hold ${formatRate(stage.ratePerSec)} for ${lasting}`
    case 'ramp':
      return `ramp from ${formatRate(stage.fromPerSec)} to ${formatRate(stage.toPerSec)} over ${lasting}`
    case 'burst':
      return `burst ${formatCount(stage.arrivals)}${stage.lastingMs === 0 ? '' : ` over ${lasting}`}`
    case 'silence':
      return `silence for ${lasting}`
    case 'rush':
      return `rush ${formatCount(stage.arrivals)} ${formatLaw(stage)} for ${lasting}`
    case 'decay':
      return `decay from ${formatRate(stage.fromPerSec)} to ${formatRate(stage.toPerSec)} over ${lasting}${formatFall(stage)}`
    case 'curve':
      return `curve ${formatSource(stage)}`
    case 'overlay':
      return `overlay { ${stage.shapes.map((shape) => formatShape(shape)).join(' | ')} }`
  }
}

function formatLaw({ law }: Rush): string {
  switch (law.kind) {
    case 'lognormal':
      return `lognormal median ${formatDuration(law.medianMs)} sigma ${formatCount(law.sigma)}`
    case 'exponential':
      return `exponential mean ${formatDuration(law.meanMs)}`
    case 'plateau':
      return `plateau ${formatDuration(law.plateauMs)} power ${formatCount(law.power)}`
  }
}

function formatFall({ law }: Decay): string {
  if (law.kind === 'linear') return ''
  return law.kind === 'power' ? ` power ${formatCount(law.power)}` : ' exponential'
}

function formatSource({ file, points, times }: Curve): string {
  if (file !== undefined) return `${quoteFile(file)}${times === 1 ? '' : ` times ${formatCount(times)}`}`
  return `[${points.map(({ atMs, ratePerSec }) => `${formatDuration(atMs)} ${formatRate(ratePerSec)}`).join(', ')}]`
}
