// Reads the arguments of one call and raises all of their mistakes together. Knows units, but no stage.
import type { Problem } from './problems.ts'
import { collect, problem, raise } from './problems.ts'
import type { CountText, DurationText, RateText } from './units.ts'
import { parseCount, parseDuration, parseRate } from './units.ts'

/** A phase's name: it stands before a colon in a shape's text, and after `in` in an objective. */
const phaseName = /^[A-Za-z][A-Za-z0-9_-]*$/

/** Each reader returns NaN (or '') for what it refuses; `done` then throws, so no such value gets out. */
export class Arguments {
  readonly #problems: Problem[] = []

  rate(path: string, given: RateText | undefined): number {
    return this.attempt('', () => parseRate(given, path)) ?? Number.NaN
  }

  rateAboveZero(path: string, given: RateText | undefined): number {
    return this.#aboveZero(path, given, this.rate(path, given), 'a rate above zero')
  }

  /** A length of time above zero. */
  duration(path: string, given: DurationText | undefined): number {
    return this.#aboveZero(path, given, this.width(path, given), 'a duration above zero')
  }

  /** A length of time that may be zero. */
  width(path: string, given: DurationText | undefined): number {
    return this.attempt('', () => parseDuration(given, path)) ?? Number.NaN
  }

  /** A number of arrivals above zero. */
  count(path: string, given: CountText | undefined): number {
    const count = this.attempt('', () => parseCount(given, path)) ?? Number.NaN
    return this.#aboveZero(path, given, count, 'a count above zero')
  }

  /** A bare number above zero: a factor, an exponent, a sigma. */
  number(path: string, given: CountText | undefined): number {
    const expected = 'a number above zero'
    const number = this.attempt('', () => parseCount(given, path, expected)) ?? Number.NaN
    return this.#aboveZero(path, given, number, expected)
  }

  /** 0 to 1. */
  share(path: string, given: number | undefined): number {
    const isShare = typeof given === 'number' && given >= 0 && given <= 1
    this.fact(isShare, path, 'a share from 0 to 1', given)
    return isShare ? given : Number.NaN
  }

  /** One of the words, or undefined. */
  oneOf<T extends string>(path: string, given: unknown, choices: readonly T[]): T | undefined {
    const chosen = choices.find((each) => each === given)
    this.fact(chosen !== undefined, path, choices.map((each) => `"${each}"`).join(' or '), given)
    return chosen
  }

  /** The phase of an options object that may hold nothing else. */
  phase(options: { readonly phase?: string }): { readonly phase?: string } {
    return this.phaseOf(this.named(options, ['phase']))
  }

  /** The phase as a part of a stage to spread: no `phase` at all when there is none. */
  phaseOf({ phase }: { readonly phase?: string }): { readonly phase?: string } {
    return phase === undefined ? {} : { phase: this.phaseName('phase', phase) }
  }

  phaseName(path: string, given: string): string {
    const isName = typeof given === 'string' && phaseName.test(given)
    return this.fact(isName, path, 'a name of letters, digits, "-" and "_" that begins with a letter', given) ? given : ''
  }

  /** An options object without unknown names: a misspelt option must not be silently without effect. */
  named<T extends object>(given: T, names: readonly string[], path = 'options'): Partial<T> {
    if (!this.fact(typeof given === 'object' && given !== null, path, `an object with ${names.join(', ')}`, given)) return {}
    for (const name of Object.keys(given)) this.fact(names.includes(name), name, `one of ${names.join(', ')}`, name)
    return given
  }

  /** Whether this is a stage, for callers whose editor did not say so. */
  stage(path: string, given: { readonly kind: string } | undefined | null): boolean {
    return this.fact(typeof given?.kind === 'string', path, 'a stage, such as hold(…)', given)
  }

  /** What `read` returns, or undefined with its mistakes recorded below `path`. */
  attempt<T>(path: string, read: () => T): T | undefined {
    return collect(this.#problems, path, read)
  }

  /** Records a mistake unless the fact holds; returns the fact. */
  fact(holds: boolean, path: string, expected: string, received: unknown): boolean {
    if (!holds) this.#problems.push(problem(path, expected, received))
    return holds
  }

  done(): void {
    raise('PLAN_INVALID', this.#problems)
  }

  #aboveZero(path: string, given: unknown, value: number, expected: string): number {
    if (value === 0) this.fact(false, path, expected, given)
    return value
  }
}
