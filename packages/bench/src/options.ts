// The command line of the bench → options.
import { parseArgs } from 'node:util'

export type Options = {
  readonly rounds: number
  readonly seconds: number
  /** Parts of names; everything when empty. */
  readonly only: readonly string[]
  /** Null when the caller's default is to be taken. */
  readonly json: string | null
}

export const usage = `pnpm bench [--rounds <n>] [--seconds <n>] [--only <part of a name>]… [--json <file>]

  --rounds   how often each is measured, in turn (default 3)
  --seconds  how long each round's window is, in whole seconds (default 2)
  --only     only rows whose name has this in it (repeatable)
  --json     where everything that was measured is written (default runs/bench-<start>.json)`

/** @throws Error that says what is wrong */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  return {
    rounds: wholeNumber('--rounds', values.rounds),
    seconds: wholeNumber('--seconds', values.seconds),
    only: values.only,
    json: values.json ?? null,
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${flag}: expected a whole number from 1 to 9999, received ${JSON.stringify(text)}`)
  return Number(text)
}

/** @throws Error when a part of a name fits nothing */
export function chosen<T extends { readonly name: string }>(all: readonly T[], only: readonly string[]): readonly T[] {
  const stray = only.find((part) => !all.some(({ name }) => name.includes(part)))
  if (stray !== undefined)
    throw new Error(`--only: expected a part of ${all.map(({ name }) => `"${name}"`).join(', ')}, received "${stray}"`)
  return only.length === 0 ? all : all.filter(({ name }) => only.some((part) => name.includes(part)))
}
