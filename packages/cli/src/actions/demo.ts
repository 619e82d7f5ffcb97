// Rehearses both demo shops, one after the other, and shows the verdicts side by side; or serves one of them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { headline } from '@doorbuster/report'
import type { Summary } from '@doorbuster/verdict'
import { approve } from '../approve.ts'
import { demoPlan } from '../demo-plan.ts'
import type { RunningShop } from '../demo-shop.ts'
import { startShop } from '../demo-shop.ts'
import { endText, folderOf } from '../ending.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { noOutputs } from '../outputs.ts'
import type { Rehearsed } from '../rehearse.ts'
import { rehearse } from '../rehearse.ts'
import { reportPath } from '../render-folder.ts'
import { plainWay } from '../transport-of-run.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

const manners = ['naive', 'hardened'] as const
export type Manner = (typeof manners)[number]
export type DemoFlags = { readonly folder?: string; readonly quiet?: boolean }

const expected: Readonly<Record<Manner, 'no-go' | 'go'>> = { naive: 'no-go', hardened: 'go' }
const mostShoppers = 20_000

export async function demo(world: World, flags: DemoFlags): Promise<ExitCode> {
  const folder = folderOf(world, 'demo', flags.folder)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UsageError('--folder', 'a folder that can be made', `${folder} (${(error as NodeJS.ErrnoException).code})`)
  }
  const runs: ShopRun[] = []
  let retries = mostRetries
  for (const manner of manners) {
    let run = await openDoors(world, manner, join(folder, manner), flags.quiet === true)
    // A machine that was busy for half a minute may be free in the next.
    if (run.rehearsed.report.summary.verdict === 'invalid' && run.rehearsed.end.stoppedBy === 'end' && retries-- > 0) {
      world.stderr.write('\nThat run was invalid: this machine was busy. Once more.\n')
      run = await openDoors(world, manner, join(folder, `${manner}-again`), flags.quiet === true)
    }
    runs.push(run)
    if (run.rehearsed.end.stoppedBy === 'interrupt') return exitCodes.interrupted
  }
  world.stdout.write(sideBySide(runs))
  return runs.every(({ manner, rehearsed }) => rehearsed.report.summary.verdict === expected[manner]) ? exitCodes.go : exitCodes.otherwise
}

/** Among both shops: the demo stays below a minute and a half. */
const mostRetries = 1

type ShopRun = { readonly manner: Manner; readonly rehearsed: Rehearsed }

async function openDoors(world: World, manner: Manner, folder: string, isQuiet: boolean): Promise<ShopRun> {
  world.stderr.write(`\nThe ${manner} shop opens its doors.\n`)
  const shop = await openShop(manner, 0)
  try {
    const plan = demoPlan(manner, shop.url)
    const approval = await approve(plan, { cwd: world.cwd, now: world.now(), allowFile: undefined, flagCaps: noCaps })
    const options = { ...approval, plan, folder, outputs: noOutputs, isQuiet, mostShoppers, way: plainWay(plan), inThreads: null }
    const rehearsed = await rehearse(world, options)
    world.stdout.write(`\n${endText(world, rehearsed.report)}\n`)
    return { manner, rehearsed }
  } finally {
    await shop.stop()
  }
}

const noCaps = { maxRatePerSec: null, maxSockets: null, maxLastingMs: null }

function openShop(manner: Manner, port: number): Promise<RunningShop> {
  return startShop({ manner, port, products: 400, stock: 120 })
}

function sideBySide(runs: readonly ShopRun[]): string {
  const lines = runs.flatMap(({ manner, rehearsed: { report, folder } }) => {
    const { verdict } = report.summary
    const surprise = verdict === expected[manner] ? '' : `   (expected ${expected[manner]}: ${whyOtherwise(verdict)})`
    return [
      `${manner.padEnd(9)} ${verdict.toUpperCase().padEnd(12)} ${headline(report.summary)}${surprise}`,
      ...soldLine(report.summary),
      `${' '.repeat(10)}${reportPath(folder)}`,
    ]
  })
  return `\nOne opening, two shops:\n\n${lines.join('\n')}\n`
}

/** Of the bargain that everybody wanted; nothing where the shop could not be asked. */
function soldLine({ ledger }: Summary): readonly string[] {
  const { stock = null, sold, oversold = null } = ledger?.products[0] ?? {}
  if (stock === null || sold === undefined || oversold === null || sold.least !== sold.most) return []
  const tooMany = oversold.least > 0 ? `: ${oversold.least} shoppers paid for what is not there` : ''
  return [`${' '.repeat(10)}sold ${sold.least} of ${stock} bargains${tooMany}`]
}

function whyOtherwise(verdict: string): string {
  if (verdict === 'invalid') return 'this machine is too busy to send on time; close what else runs and try again'
  if (verdict === 'no-go') return 'this machine is too slow or too busy for the hardened shop and the generator together'
  if (verdict === 'go')
    return 'this machine is so fast that even the naive shop holds; raise the rush with a plan of your own (doorbuster init)'
  return 'the run could not be judged; the report says why'
}

/** Serves one shop until Ctrl-C. */
export async function serve(world: World, manner: Manner, port: number): Promise<ExitCode> {
  const interrupted = new Promise<void>((resolve) => world.onInterrupt(resolve))
  const shop = await openServed(manner, port)
  world.stdout.write(`The ${manner} shop is open at ${shop.url} (Ctrl-C closes it).\n`)
  await interrupted
  await shop.stop()
  return exitCodes.go
}

async function openServed(manner: Manner, port: number): Promise<RunningShop> {
  try {
    return await openShop(manner, port)
  } catch (error) {
    throw new UsageError('--port', 'a port that is free', `${port} (${(error as Error).message.split('\n')[0]})`)
  }
}
