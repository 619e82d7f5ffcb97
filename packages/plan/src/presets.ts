// Real events as traffic: their data (preset-sales.ts, preset-shocks.ts) times the user's own peak. Sends nothing, fakes nothing:
// what a preset cannot express stands in its notes. Their people are reenact.ts's.
import { Arguments } from './arguments.ts'
import { decay } from './decay.ts'
import { listed, suggestion } from './nearest.ts'
import { overlay } from './overlay.ts'
import { behaviours } from './preset-behaviours.ts'
import type { EventBehaviour, Herd, Move, PresetEvent } from './preset-event.ts'
import { sales } from './preset-sales.ts'
import { shocks } from './preset-shocks.ts'
import type { Stage } from './stages.ts'
import { burst, hold, ramp, silence } from './stages.ts'
import type { DurationText, RateText } from './units.ts'

const events: readonly PresetEvent[] = [...sales, ...shocks]

export type PresetOptions = {
  /** The forecast peak, above zero. A preset whose event was twice its forecast reaches twice this. */
  readonly peak: RateText
  /** Presses a longer event into this time: all its lengths shrink alike, and its rates stay. */
  readonly within?: DurationText
}

/** The event's stages at the user's own scale, with the phases `baseline`, `countdown`, `doors`, `decay`, `aftershock` as far as it had them; `lacks` says why not. */
export function preset(name: string, options: PresetOptions): readonly Stage[] {
  const args = new Arguments()
  const event = events.find((each) => each.name === name)
  args.fact(event !== undefined, 'name', expectedName(String(name)), name)
  const raw = args.named(options, ['peak', 'within'])
  const peakPerSec = args.rateAboveZero('peak', raw.peak)
  const withinMs = raw.within === undefined ? Number.POSITIVE_INFINITY : args.duration('within', raw.within)
  args.done()
  const moves = event?.moves ?? []
  const scale = { peakPerSec, msPerSecond: Math.min(1000, withinMs / secondsOf(moves)) }
  return Object.freeze(moves.map((move, index) => stageOf(move, moves[index - 1], scale)))
}

/** `msPerSecond`: what a second of the event lasts here; 1000 unless it is pressed into less. */
type Scale = { readonly peakPerSec: number; readonly msPerSecond: number }

function stageOf(move: Move, before: Move | undefined, { peakPerSec, msPerSecond }: Scale): Stage {
  const { phase } = move
  const lasting = lengthOf(move) * msPerSecond
  const from = endRatio(before) * peakPerSec
  switch (move.kind) {
    case 'hold':
      return hold(move.at * peakPerSec, lasting, { phase })
    case 'ramp':
      return ramp(from, move.to * peakPerSec, lasting, { phase })
    case 'decay': {
      const falling = { from, to: move.to * peakPerSec, lasting, phase }
      return decay(typeof move.law === 'number' ? { ...falling, law: 'power', power: move.law } : { ...falling, law: move.law })
    }
    case 'silence':
      return silence(lasting, { phase })
    case 'herd':
      return overlay([[hold(move.at * peakPerSec, lasting)], herds(move, { peakPerSec, msPerSecond })], { phase })
  }
}

// A herd in half the time has half the clients: it is the rate inside it that must stay.
function herds({ clients, widthSeconds, everySeconds, times }: Herd, { peakPerSec, msPerSecond }: Scale): readonly Stage[] {
  const herd = burst((clients * peakPerSec * msPerSecond) / 1000, widthSeconds * msPerSecond)
  const pause = silence((everySeconds - widthSeconds) * msPerSecond)
  return Array.from({ length: times }, () => [herd, pause]).flat()
}

function endRatio(move: Move | undefined): number {
  if (move === undefined || move.kind === 'silence') return 0
  return move.kind === 'hold' || move.kind === 'herd' ? move.at : move.to
}

function lengthOf(move: Move): number {
  return move.kind === 'herd' ? move.everySeconds * move.times : move.seconds
}

function secondsOf(moves: readonly Move[]): number {
  return moves.reduce((sum, move) => sum + lengthOf(move), 0)
}

/** A preset as `doorbuster shape --presets` lists it. */
export type PresetEntry = Omit<PresetEvent, 'moves'> & { readonly lastingMs: number; readonly behaviour: EventBehaviour }

/** All presets, in the order in which they are worth reading. */
export function presetList(): readonly PresetEntry[] {
  return events.map(({ moves, ...entry }) =>
    Object.freeze({ ...entry, lastingMs: secondsOf(moves) * 1000, behaviour: behaviours[entry.name] ?? {} }),
  )
}

/** The presets that share a word with what was asked for; all of them when none does. */
function expectedName(name: string): string {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2)
  const names = events.map((event) => event.name)
  const near = names.filter((each) => each.split('-').some((part) => words.includes(part)))
  return `a preset, such as ${listed(near.length > 0 ? near : names)}${suggestion(name, names)}`
}
