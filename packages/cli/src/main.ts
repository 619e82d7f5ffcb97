// Chooses the command and turns whatever ends it into an exit code. The only place that knows both.
import { PlanError } from '@doorbuster/plan'
import { Command, CommanderError } from 'commander'
import { addCalibrate } from './commands/calibrate.ts'
import { addCapacity } from './commands/capacity.ts'
import { addCheck } from './commands/check.ts'
import { addCompare } from './commands/compare.ts'
import { addDemo } from './commands/demo.ts'
import { addExport } from './commands/export.ts'
import { addHistory } from './commands/history.ts'
import { addInit } from './commands/init.ts'
import { addPack } from './commands/pack.ts'
import { addPreflight } from './commands/preflight.ts'
import { addReport } from './commands/report.ts'
import { addRun } from './commands/run.ts'
import { addShape } from './commands/shape.ts'
import { addSign } from './commands/sign.ts'
import { addVerify } from './commands/verify.ts'
import type { ExitCode } from './exit-codes.ts'
import { exitCodes, exitMeanings } from './exit-codes.ts'
import { maskSecrets } from './secret.ts'
import { Refused, UsageError } from './usage.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** Runs one command. Never throws; whatever goes wrong is told on stderr. */
export async function main(world: World): Promise<ExitCode> {
  let code: ExitCode = exitCodes.go
  const program = createProgram(world, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync([...world.argv], { from: 'user' })
    return code
  } catch (error) {
    return await tell(world, error)
  }
}

/** The whole command line as data; tests read its flags. */
export function createProgram(world: World, onEnd: (code: ExitCode) => void): Command {
  const program = new Command('doorbuster')
    .description('Rehearses a flash-sale launch before the doors open, and answers go, no-go, or: this run cannot tell.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: world.stdout.write, writeErr: world.stderr.write, getOutHelpWidth: () => world.stdout.columns ?? 100 })
    .showHelpAfterError('(doorbuster --help shows every command)')
    .addHelpText('after', exitTable)
  for (const add of [
    addRun,
    addShape,
    addPreflight,
    addCheck,
    addReport,
    addCapacity,
    addCompare,
    addHistory,
    addExport,
    addSign,
    addVerify,
    addPack,
    addCalibrate,
    addInit,
    addDemo,
  ])
    add(program, world, onEnd)
  return program
}

const exitTable = `\nExit codes:\n${Object.entries(exitCodes)
  .map(([name, code]) => `  ${String(code).padStart(3)}  ${exitMeanings[name as keyof typeof exitCodes]}`)
  .join('\n')}`

async function tell(world: World, error: unknown): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.go : await ended(world, 'bad-plan', '', [error.message])
  if (error instanceof PlanError || error instanceof UsageError)
    return await ended(world, 'bad-plan', `${error.message}\n`, error.message.split('\n'))
  if (error instanceof Refused) return await ended(world, 'guard', `${error.message}\n`, [error.message])
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? error.message] : [String(error), String(error)]
  const said = `A defect of doorbuster, not of your plan or your shop. Please report it with these lines:\n${stack}\n`
  return await ended(world, 'bug', said, [message])
}

/** The words for people, and in GitHub Actions the same as annotations; what does that is loaded when it is needed. */
async function ended(world: World, how: 'bad-plan' | 'guard' | 'bug', said: string, texts: readonly string[]): Promise<ExitCode> {
  const say = (): void => world.stderr.write(maskSecrets(said))
  if (world.env.GITHUB_ACTIONS === 'true') {
    const { annotateEnd } = await import('./tell-ci.ts')
    annotateEnd(world, say, { title: `doorbuster: ${exitMeanings[how]}`, texts })
  } else say()
  return exitCodes[how]
}
