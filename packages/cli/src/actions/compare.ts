// Holds new runs against a base and says worse, not worse or cannot tell. Writes nothing but what is asked for.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { comparisonForTerminal, comparisonMarkdown, comparisonPage } from '@doorbuster/report'
import type { ComparedAnswer, RunComparison } from '@doorbuster/verdict'
import type { ExitCode } from '../exit-codes.ts'
import { asOne, exitCodes } from '../exit-codes.ts'
import type { CompareRules } from '../run-in-series.ts'
import { compareComparables, readComparable } from '../run-in-series.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfComparison } from '../told.ts'
import { refuseUnwritable } from '../usage.ts'
import type { World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type CompareFlags = CompareRules & {
  readonly noise: readonly string[]
  readonly json?: boolean
  readonly html?: string
  readonly markdown?: string
  readonly quiet?: boolean
  readonly failAsOne?: boolean
}

export function compare(world: World, base: string, fresh: readonly string[], flags: CompareFlags): ExitCode {
  for (const [flag, file] of [
    ['--html', flags.html],
    ['--markdown', flags.markdown],
  ] as const)
    if (file !== undefined) refuseUnwritable(flag, resolve(world.cwd, file))
  const read = (given: string) => readComparable(resolve(world.cwd, given), given)
  const comparison = compareComparables(read(base), fresh.map(read), flags.noise.map(read), flags)
  tell(world, comparison, flags)
  const exitCode = asOne(exitCodes[verdictOf[comparison.answer]], flags.failAsOne)
  tellCi(world, toldOfComparison(comparison, exitCode), flags.json === true ? world.stderr : world.stdout)
  return exitCode
}

function tell(world: World, comparison: RunComparison, flags: CompareFlags): void {
  const options = { colour: wantsColour(world, world.stdout), width: widthOf(world.stdout) }
  const allowCommands = holdCommands(world, flags.json === true ? world.stderr : world.stdout)
  if (flags.json === true) world.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`)
  else if (flags.quiet === true) world.stdout.write(`${comparison.answer.replace('-', ' ')}\n`)
  else world.stdout.write(`${comparisonForTerminal(comparison, options)}\n`)
  allowCommands()
  if (flags.html !== undefined) writeFileSync(resolve(world.cwd, flags.html), comparisonPage(comparison))
  if (flags.markdown !== undefined) writeFileSync(resolve(world.cwd, flags.markdown), comparisonMarkdown(comparison))
}

const verdictOf = { worse: 'no-go', 'not-worse': 'go', 'cannot-tell': 'inconclusive' } as const satisfies Record<
  ComparedAnswer,
  keyof typeof exitCodes
>
