// The command line of the bench → options.
import { parseArgs } from 'node:util'
import type { Workload } from './workload.ts'

export type Options = {
  readonly rounds: number
  readonly seconds: number
  /** Letters, or parts of names of workloads; all of them when empty. */
  readonly work: readonly string[]
  /** Parts of names of rows; all of them when empty. */
  readonly only: readonly string[]
  readonly withArtillery: boolean
  /** Null when the caller's default is to be taken. */
  readonly json: string | null
}

export const usage = `pnpm bench [--work <letter or name>]… [--only <part of a name>]… [--rounds <n>] [--seconds <n>] [--json <file>] [--with-artillery]

  --work            only this work: a letter, or a part of its name (repeatable)
  --only            only rows whose name has this in it (repeatable)
  --rounds          how often each row is measured, in turn (default 3; long work: one in three of them)
  --seconds         how long each round's window is, in whole seconds (default 2)
  --json            where everything that was measured is written (default runs/bench-<start>.json)
  --with-artillery  install Artillery first, into a folder of its own under ~/.cache`

/** @throws Error that says what is wrong */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      work: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
      'with-artillery': { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  return {
    rounds: wholeNumber('--rounds', values.rounds),
    seconds: wholeNumber('--seconds', values.seconds),
    work: values.work,
    only: values.only,
    withArtillery: values['with-artillery'],
    json: values.json ?? null,
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${flag}: expected a whole number from 1 to 9999, received ${JSON.stringify(text)}`)
  return Number(text)
}

/** The work asked for, with the rows asked for; what has no row left is gone. @throws Error when a word fits nothing */
export function chosen(all: readonly Workload[], { work, only }: Pick<Options, 'work' | 'only'>): readonly Workload[] {
  const wanted = fitting('--work', all, work, ({ letter, name }, word) => letter === word || (word.length > 1 && name.includes(word)))
  const names = wanted.flatMap(({ entries }) => entries.map(({ name }) => ({ name })))
  const rows = new Set(fitting('--only', names, only, ({ name }, word) => name.includes(word)).map(({ name }) => name))
  return wanted
    .map((one) => ({
      ...one,
      entries: one.entries.filter(({ name }) => rows.has(name)),
      goals: one.goals.filter(({ row, over }) => rows.has(row) && (over === null || rows.has(over))),
    }))
    .filter(({ entries }) => entries.length > 0)
}

type Named = { readonly name: string; readonly letter?: string }

function fitting<T extends Named>(flag: string, all: readonly T[], words: readonly string[], fits: (one: T, word: string) => boolean) {
  const stray = words.find((word) => !all.some((one) => fits(one, word)))
  if (stray !== undefined) {
    const known = new Set(all.map(({ letter, name }) => (letter === undefined ? `"${name}"` : `${letter} "${name}"`)))
    throw new Error(`${flag}: expected one of ${[...known].join(', ')}, or a part of it, received "${stray}"`)
  }
  return words.length === 0 ? all : all.filter((one) => words.some((word) => fits(one, word)))
}
