// A shape as text becomes stages. Opens no files (a curve's file stays unread) and knows nothing of due times.
//
//   shape = stage { ( ";" | newline ) stage }        blank stages are skipped; "#" to the end of the line is a comment
//   stage = [ phase ":" ] verb
//   verb  = "hold" rate "for" duration
//         | "ramp" [ "from" rate ] "to" rate "over" duration       from: where the stage before ended, 0/s at the start
//         | "burst" count [ "over" duration ]
//         | "silence" "for" duration
//         | "rush" count law "for" duration
//         | "decay" [ "from" rate ] "to" rate "over" duration [ "linear" | "exponential" | "power" number ]
//         | "curve" ( file | "[" duration rate { "," duration rate } "]" ) [ "times" number ]
//         | "overlay" "{" shape { "|" shape } "}"                  no phases, herds or presets inside
//         | "stairs" "from" rate "to" rate "in" count "steps" "of" duration
//         | "countdown" [ "from" rate ] "to" rate "over" duration
//         | "herd" count [ "over" duration ] "every" duration "times" count [ "pause" duration ]      brings its own phases
//         | "preset" name "at" rate [ "within" duration ]          brings its own phases
//   law   = "lognormal" "median" duration "sigma" number | "exponential" "mean" duration | "plateau" duration "power" number
//   file  = a word, or text in double quotes with \" and \\ inside
//
// A word before ":" is always a phase, so a phase may even be called `hold`. Stairs, countdowns, herds and presets expand here.
import { endRatePerSec } from './end-rate.ts'
import { suggestion } from './nearest.ts'
import { raise } from './problems.ts'
import { ShapeReader, unknownRate } from './shape-reader.ts'
import { verbs } from './shape-verbs.ts'
import type { Stage } from './stages.ts'

/** Throws SHAPE_INVALID with all mistakes of the text at once, each at its line and column; reading goes on at the next separator. */
export function parseShape(text: string): readonly Stage[] {
  const reader = new ShapeReader(text)
  const stages = readShape(reader, 'text')
  raise('SHAPE_INVALID', reader.problems)
  return Object.freeze(stages)
}

/** `text`: the whole text. `lane`: one shape of an overlay, which ends before "|" or "}". */
type Extent = 'text' | 'lane'

function readShape(reader: ShapeReader, extent: Extent): readonly Stage[] {
  const stages: Stage[] = []
  let endsAtPerSec = endRatePerSec(stages)
  let isEmpty = true
  for (skipSeparators(reader); !ends(reader, extent); skipSeparators(reader)) {
    isEmpty = false
    const startsAtPerSec = endsAtPerSec
    const read = reader.stage(() => readStage(reader, extent, startsAtPerSec))
    if (read === undefined) recover(reader, extent)
    stages.push(...(read ?? []))
    endsAtPerSec = read === undefined ? unknownRate : endRatePerSec(stages)
  }
  if (isEmpty) reader.stage(() => reader.fail('a stage'))
  return stages
}

function readStage(reader: ShapeReader, extent: Extent, startsAtPerSec: number | undefined): readonly Stage[] {
  const options = readPhase(reader, extent)
  const { text } = reader.token
  const verb = reader.token.kind === 'word' && Object.hasOwn(verbs, text) ? verbs[text] : undefined
  if (verb === undefined) reader.fail(`a stage (${Object.keys(verbs).join(', ')})${suggestion(text, Object.keys(verbs))}`)
  reader.advance()
  const stages = verb(reader, { options, startsAtPerSec, isInOverlay: extent === 'lane', readLane: () => readShape(reader, 'lane') })
  if (!reader.isAtSeparator && !ends(reader, extent)) reader.fail(extent === 'lane' ? '";", "|" or "}"' : '";" or the end of the line')
  return stages
}

function readPhase(reader: ShapeReader, extent: Extent): { readonly phase?: string } {
  const { kind, text } = reader.following
  if (reader.token.kind !== 'word' || kind !== 'mark' || text !== ':') return {}
  if (extent === 'lane') reader.fail('no phase inside an overlay: give it to the overlay')
  const phase = reader.take('phase').text
  reader.expect(':')
  return { phase }
}

function ends(reader: ShapeReader, extent: Extent): boolean {
  return reader.isAtEnd || (extent === 'lane' && reader.is('|', '}'))
}

function skipSeparators(reader: ShapeReader): void {
  while (reader.isAtSeparator) reader.advance()
}

/** Skips the rest of a stage that could not be read, with any braces in it. */
function recover(reader: ShapeReader, extent: Extent): void {
  let depth = 0
  while (!reader.isAtEnd) {
    if (depth === 0 && (reader.isAtSeparator || ends(reader, extent))) return
    if (reader.is('{')) depth += 1
    if (reader.is('}')) depth = Math.max(0, depth - 1)
    reader.advance()
  }
}
