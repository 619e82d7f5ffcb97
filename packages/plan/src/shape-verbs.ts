// One reader for each verb of the shape grammar (which stands in shape-text.ts). Knows words and constructors, not numbers.
import type { CurveSample } from './curve.ts'
import { curve } from './curve.ts'
import { decay } from './decay.ts'
import { herd } from './herd.ts'
import { overlay } from './overlay.ts'
import { preset } from './presets.ts'
import { countdown, stairs } from './recipes.ts'
import { rush } from './rush.ts'
import type { ShapeReader } from './shape-reader.ts'
import type { Stage, StageOptions } from './stages.ts'
import { burst, hold, ramp, silence } from './stages.ts'

/** Where a stage stands: its phase, where the stage before it ended (undefined: only an unread file knows), and how to read a shape inside it. */
export type Place = {
  readonly options: StageOptions
  readonly startsAtPerSec: number | undefined
  readonly isInOverlay: boolean
  readonly readLane: () => readonly Stage[]
}

type Verb = (reader: ShapeReader, place: Place) => readonly Stage[]

const aRate = 'a rate that says per what, such as 500/s'
const aDuration = 'a duration such as 90s'
const aCount = 'a count such as 60000'
const aNumber = 'a number'

export const verbs: Readonly<Record<string, Verb>> = {
  hold(reader, { options }) {
    const rate = reader.value('rate', aRate)
    return [hold(rate, lasting(reader, 'for'), options)]
  },
  ramp(reader, place) {
    const from = startingRate(reader, place)
    const to = endingRate(reader)
    return [ramp(from, to, lasting(reader, 'over'), place.options)]
  },
  burst(reader, { options }) {
    const count = reader.value('count', aCount)
    return [burst(count, reader.accept('over') ? reader.value('over', aDuration) : 0, options)]
  },
  silence(reader, { options }) {
    return [silence(lasting(reader, 'for'), options)]
  },
  rush(reader, { options }) {
    const arrivals = reader.value('arrivals', aCount)
    const law = lawOf(reader)
    return [rush({ ...options, ...law, arrivals, lasting: lasting(reader, 'for') })]
  },
  decay(reader, place) {
    const from = startingRate(reader, place)
    const to = endingRate(reader)
    const falling = { ...place.options, from, to, lasting: lasting(reader, 'over') }
    if (reader.accept('power')) return [decay({ ...falling, law: 'power', power: reader.value('power', aNumber) })]
    if (reader.accept('exponential')) return [decay({ ...falling, law: 'exponential' })]
    reader.accept('linear')
    return [decay(falling)]
  },
  curve(reader, { options }) {
    const source = reader.accept('[') ? samples(reader) : file(reader)
    const times = reader.accept('times') ? { times: reader.value('times', aNumber) } : {}
    return [curve(source, { ...times, ...options })]
  },
  overlay(reader, { options, readLane }) {
    const before = reader.problems.length
    reader.expect('{')
    const shapes = [readLane()]
    while (reader.accept('|')) shapes.push(readLane())
    if (!reader.accept('}')) reader.fail('"}" or "|"')
    if (reader.problems.length > before) reader.giveUp()
    return [overlay(shapes, options)]
  },
  stairs(reader, { options }) {
    reader.expect('from')
    const from = reader.value('from', aRate)
    const to = endingRate(reader)
    reader.expect('in')
    const steps = reader.value('steps', aCount)
    reader.expect('steps')
    reader.expect('of')
    return stairs({ ...options, from, to, steps, each: reader.value('each', aDuration) })
  },
  countdown(reader, place) {
    const from = startingRate(reader, place)
    const to = endingRate(reader)
    return countdown({ ...place.options, from, to, lasting: lasting(reader, 'over') })
  },
  herd(reader, place) {
    bringsPhases(reader, place, 'herd')
    const arrivals = reader.value('arrivals', aCount)
    const over = reader.accept('over') ? { over: reader.value('over', aDuration) } : {}
    reader.expect('every')
    const every = reader.value('every', aDuration)
    reader.expect('times')
    const times = reader.value('times', aCount)
    const pause = reader.accept('pause') ? { pause: reader.value('pause', aDuration) } : {}
    return herd({ arrivals, every, times, ...over, ...pause })
  },
  preset(reader, place) {
    bringsPhases(reader, place, 'preset')
    const name = reader.value('name', 'the name of a preset', /./)
    reader.expect('at')
    const peak = reader.value('peak', aRate)
    const within = reader.accept('within') ? { within: reader.value('within', aDuration) } : {}
    return preset(name, { peak, ...within })
  },
}

function bringsPhases(reader: ShapeReader, { options, isInOverlay }: Place, what: 'preset' | 'herd'): void {
  if (isInOverlay) reader.fail(`no ${what} inside an overlay, as it brings its own phases`)
  if (options.phase !== undefined) reader.refuse('phase', `no phase before a ${what}, as it brings its own`)
}

function lasting(reader: ShapeReader, preposition: 'for' | 'over'): string {
  reader.expect(preposition)
  return reader.value('lasting', aDuration)
}

function startingRate(reader: ShapeReader, { startsAtPerSec }: Place): string | number {
  if (reader.accept('from')) return reader.value('from', aRate)
  if (startsAtPerSec === undefined) reader.fail('"from" and a rate, since only its file knows where the curve before this ends')
  return startsAtPerSec
}

function endingRate(reader: ShapeReader): string {
  reader.expect('to')
  return reader.value('to', aRate)
}

function lawOf(reader: ShapeReader) {
  if (reader.accept('lognormal')) {
    return { law: 'lognormal', median: named(reader, 'median', aDuration), sigma: named(reader, 'sigma', aNumber) } as const
  }
  if (reader.accept('exponential')) return { law: 'exponential', mean: named(reader, 'mean', aDuration) } as const
  if (!reader.accept('plateau')) reader.fail('a law: "lognormal", "exponential" or "plateau"')
  return { law: 'plateau', plateau: reader.value('plateau', aDuration), power: named(reader, 'power', aNumber) } as const
}

function named(reader: ShapeReader, word: string, expected: string): string {
  reader.expect(word)
  return reader.value(word, expected)
}

function samples(reader: ShapeReader): readonly CurveSample[] {
  const points: CurveSample[] = []
  do {
    const path = `points[${points.length}]`
    const at = reader.value(`${path}.at`, aDuration)
    points.push({ at, rate: reader.value(`${path}.rate`, aRate) })
  } while (reader.accept(','))
  if (!reader.accept(']')) reader.fail('"," or "]"')
  return points
}

function file(reader: ShapeReader): string {
  const { kind } = reader.token
  if (kind === 'unclosed') reader.fail('a closing quote before the end of the line')
  if (kind !== 'word' && kind !== 'quoted') reader.fail('the name of a CSV file, or "[" and samples')
  return reader.take('file').text
}
