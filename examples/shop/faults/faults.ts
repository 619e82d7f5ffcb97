// The shop's faults: each is off unless it is named, and any of them go together. Text in, values out; knows nothing of what they do.

type Value = {
  readonly unit: string
  readonly least: number
  readonly most: number
  /** What the bare name means; undefined when the number has to be said. */
  readonly whenBare?: number
  /** A word that stands for "without an end". */
  readonly endless?: string
}

/** `null`: takes no value. */
export const faultValues = {
  oversells: null,
  'charges-twice': null,
  'price-drift': null,
  'keeps-reserved': null,
  'shared-cache': null,
  'one-session-twice': null,
  'open-orders': null,
  'fails-open': { unit: 'requests a second', least: 1, most: 100_000, whenBare: 100 },
  'leaks-in-errors': null,
  'login-without-limit': null,
  'slow-dependency': { unit: 'ms', least: 1, most: 3_600_000, endless: 'hangs' },
  degraded: { unit: 'requests a second', least: 1, most: 100_000, whenBare: 100 },
  'waiting-room': { unit: 'shoppers a minute', least: 1, most: 1_000_000 },
  'waiting-room-unfair': { unit: 'shoppers a minute', least: 1, most: 1_000_000 },
  'ip-limit': { unit: 'requests a second', least: 1, most: 100_000 },
  'no-recovery': null,
} as const satisfies Readonly<Record<string, Value | null>>

type FaultName = keyof typeof faultValues
type Valued = { [Name in FaultName]: (typeof faultValues)[Name] extends null ? never : Name }[FaultName]
type Bare = Exclude<FaultName, Valued> | 'fails-open' | 'degraded'

/** A fault as it is typed: `oversells`, `ip-limit=50`, `slow-dependency=hangs`. */
export type FaultText = Bare | `${Valued}=${number}` | 'slow-dependency=hangs'

/** The faults that are on. Numbers are in the unit that `faultValues` gives; Infinity for a dependency that hangs. */
export type Faults = { readonly [Name in Exclude<FaultName, Valued>]?: true } & { readonly [Name in Valued]?: number }

/** Throws an Error that is meant for the person who typed the faults. */
export function parseFaults(texts: readonly string[]): Faults {
  const faults = Object.fromEntries(texts.map(parseFault)) as Faults
  if (faults['waiting-room'] !== undefined && faults['waiting-room-unfair'] !== undefined)
    throw new Error('--fault: expected one waiting room, received "waiting-room" and "waiting-room-unfair"')
  return faults
}

function parseFault(text: string): readonly [FaultName, number | true] {
  const [name, given, ...more] = text.split('=')
  if (!isFaultName(name) || more.length > 0)
    throw new Error(`--fault: expected one of ${Object.keys(faultValues).join(', ')}, received ${JSON.stringify(text)}`)
  const value: Value | null = faultValues[name]
  if (value !== null) return [name, parseValue(text, given, value)]
  if (given === undefined) return [name, true]
  throw new Error(`--fault ${name}: expected no value, received ${JSON.stringify(given)}`)
}

function parseValue(text: string, given: string | undefined, { unit, least, most, whenBare, endless }: Value): number {
  if (given === undefined && whenBare !== undefined) return whenBare
  if (given !== undefined && given === endless) return Number.POSITIVE_INFINITY
  const number = Number(given)
  if (given !== undefined && /^\d+$/.test(given) && number >= least && number <= most) return number
  const or = endless === undefined ? '' : ` or "${endless}"`
  throw new Error(`--fault ${text}: expected =<number> from ${least} to ${most} (${unit})${or}, received ${JSON.stringify(given ?? '')}`)
}

function isFaultName(name: string | undefined): name is FaultName {
  return name !== undefined && Object.hasOwn(faultValues, name)
}
