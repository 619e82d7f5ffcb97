// Walks over a shape's tokens and says where it stumbled. Knows tokens and mistakes, but no verb of the grammar.
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import type { Token } from './shape-tokens.ts'
import { tokensOf } from './shape-tokens.ts'

export class ShapeReader {
  /** Everything found wrong so far, in the order of the text. */
  readonly problems: Problem[] = []
  readonly #tokens: readonly Token[]
  #next = 0
  /** Where each argument of the stage being read was written. */
  #written = new Map<string, Token>()

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  get token(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)
    if (token === undefined) throw new Error('a text without its end token')
    return token
  }

  get following(): Token {
    return this.#tokens[this.#next + 1] ?? this.token
  }

  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token
    return (kind === 'word' || kind === 'mark') && texts.includes(text)
  }

  get isAtSeparator(): boolean {
    return this.token.kind === 'newline' || this.is(';')
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end'
  }

  advance(): Token {
    const { token } = this
    if (token.kind !== 'end') this.#next += 1
    return token
  }

  /** Takes the word or mark when it is next; else takes nothing and returns false. */
  accept(text: string): boolean {
    if (!this.is(text)) return false
    this.advance()
    return true
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(`"${text}"`)
  }

  /** The next word as it stands, remembered as the place of `argument`. `looks` keeps a forgotten value from eating the word after it. */
  value(argument: string, expected: string, looks: RegExp = /^[-+.]?[0-9]/): string {
    if (this.token.kind !== 'word' || !looks.test(this.token.text)) this.fail(expected)
    return this.take(argument).text
  }

  /** Takes the next token, whatever it is, as the place of `argument`. */
  take(argument: string): Token {
    this.#written.set(argument, this.token)
    return this.advance()
  }

  /** Stops reading this stage: what was expected, and what stands there instead. */
  fail(expected: string): never {
    throw new PlanError('SHAPE_INVALID', [{ path: placeOf(this.token), expected, received: received(this.token) }])
  }

  /** Stops reading this stage because of an argument that has been taken. */
  refuse(argument: string, expected: string): never {
    const token = this.#written.get(argument) ?? this.token
    throw new PlanError('SHAPE_INVALID', [{ path: placeOf(token), expected, received: received(token) }])
  }

  /** Stops reading this stage because of a mistake inside it that has been told already. */
  giveUp(): never {
    throw new PlanError('SHAPE_INVALID', [])
  }

  /** Runs `read` for one stage; its mistakes are kept with their place in the text, and then it returns undefined. */
  stage<T>(read: () => T): T | undefined {
    const begins = this.token
    const outer = this.#written
    this.#written = new Map()
    try {
      return read()
    } catch (error) {
      if (!(error instanceof PlanError)) throw error
      const told = error.code === 'SHAPE_INVALID' ? error.problems : error.problems.flatMap((each) => this.#located(each, begins))
      this.problems.push(...told)
      return undefined
    } finally {
      this.#written = outer
    }
  }

  // A constructor names the argument it refuses; the text shows where that argument was written.
  #located({ path, expected, received }: Problem, begins: Token): readonly Problem[] {
    const token = this.#written.get(path)
    if (token !== undefined) return [{ path: placeOf(token), expected, received }]
    // Where a stage that was itself a mistake would have ended: it has been told already.
    if (path === 'from' && received === String(unknownRate)) return []
    return [{ path: placeOf(begins), expected: path === '' ? expected : `${path} to be ${expected}`, received }]
  }
}

/** Stands for the end rate of a stage that could not be read, so that what follows is still checked. */
export const unknownRate = Number.NaN

function placeOf({ line, column }: Token): string {
  return `line ${line}, column ${column}`
}

function received({ kind, text }: Token): string {
  if (kind === 'end') return 'the end of the text'
  if (kind === 'newline') return 'the end of the line'
  return problem('', '', text).received
}
