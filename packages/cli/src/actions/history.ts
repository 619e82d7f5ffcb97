// Lists the rehearsals of a folder and says whether the last one is young enough.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { historyForTerminal, historyMarkdown, historyPage } from '@doorbuster/report'
import type { ExitCode } from '../exit-codes.ts'
import { asOne, exitCodes } from '../exit-codes.ts'
import { readPast } from '../past-runs.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfHistory } from '../told.ts'
import { refuseUnwritable } from '../usage.ts'
import type { World } from '../world.ts'
import { wantsColour, widthOf } from '../world.ts'

export type HistoryFlags = {
  readonly maxAge?: number
  readonly json?: boolean
  readonly html?: string
  readonly markdown?: string
  readonly failAsOne?: boolean
}

/** Two weeks: what was rehearsed longer ago was another shop. */
const usualMaxAgeMs = 14 * 86_400e3

export function history(world: World, given: string, flags: HistoryFlags): ExitCode {
  const { maxAge = usualMaxAgeMs, json, html, markdown, failAsOne } = flags
  for (const [flag, file] of [
    ['--html', html],
    ['--markdown', markdown],
  ] as const)
    if (file !== undefined) refuseUnwritable(flag, resolve(world.cwd, file))
  const past = readPast(resolve(world.cwd, given), given, world.now().getTime(), maxAge)
  const options = { colour: wantsColour(world, world.stdout), width: widthOf(world.stdout) }
  const sink = json === true ? world.stderr : world.stdout
  const allowCommands = holdCommands(world, sink)
  world.stdout.write(json === true ? `${JSON.stringify(past, null, 2)}\n` : `${historyForTerminal(past, options)}\n`)
  allowCommands()
  if (html !== undefined) writeFileSync(resolve(world.cwd, html), historyPage(past))
  if (markdown !== undefined) writeFileSync(resolve(world.cwd, markdown), historyMarkdown(past))
  const exitCode = asOne(past.isReady ? exitCodes.go : exitCodes['no-go'], failAsOne)
  tellCi(world, toldOfHistory(past, exitCode), sink)
  return exitCode
}
