// The program: measures the product beside its peers, prints a table for each kind of work and writes everything as JSON.
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { installArtillery } from './artillery-install.ts'
import { keptIn, spreadIn } from './figures.ts'
import { reach } from './goals.ts'
import { canPin, clientCpu, machineFacts, serverCpu } from './machine.ts'
import type { MeasuredWork } from './measure-work.ts'
import { measureWork } from './measure-work.ts'
import type { Options } from './options.ts'
import { chosen, readOptions, usage } from './options.ts'
import { notesOn, renderGoals, renderRows } from './table.ts'
import { startTarget } from './target.ts'
import { buildDoorbuster } from './tools/doorbuster.ts'
import type { Setting } from './workload.ts'
import { workloads } from './workloads.ts'

// An exit runs the handlers that clean up what was started; a bare signal would not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

try {
  await bench(readOptions(process.argv.slice(2)))
} catch (failure) {
  console.error(`${failure instanceof Error ? failure.message : String(failure)}\n\n${usage}`)
  process.exitCode = 2
}

async function bench(options: Options): Promise<void> {
  const work = chosen(workloads, options)
  if (options.withArtillery) installArtillery()
  buildDoorbuster()
  const startedAt = new Date().toISOString()
  const machine = machineFacts()
  const isPinned = canPin()
  using folder = mkdtempDisposableSync(join(tmpdir(), 'doorbuster-bench-'))
  process.once('exit', () => folder.remove())
  await using target = await startTarget(folder.path, isPinned ? serverCpu : null)
  const setting: Setting = { target, folder: folder.path, isPinned, windowMs: options.seconds * 1e3 }
  const where = isPinned ? `servers on CPU ${serverCpu}, clients on CPU ${clientCpu}` : 'nothing pinned'
  const machineLine =
    `${machine.cpu}, ${machine.cores} cores, ${machine.os}, Node ${machine.node}, ${target.server}; ${where}; ` +
    `load before ${machine.loadBefore.toFixed(2)}; median (lowest to highest) of the rounds, windows of ${options.seconds} s`
  console.log(machineLine)

  const done: MeasuredWork[] = []
  for (const one of work) {
    const measured = await measureWork(one, options.rounds, setting)
    console.log(renderBlock(measured))
    done.push(measured)
  }
  console.log(renderEnd(done))
  const path = options.json ?? `runs/bench-${startedAt.replaceAll(':', '-')}.json`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(recordOf(done, { startedAt, machine, setting: machineLine, options }), null, 2)}\n`)
  console.log(`\nEverything that was measured: ${path}`)
}

function renderBlock({ workload, rows }: MeasuredWork): string {
  const notes = notesOn(rows).map((note) => `- ${note}`)
  const below = notes.length === 0 ? [] : ['', ...notes]
  return ['', `**(${workload.letter}) ${workload.name}**: ${workload.says}`, '', renderRows(rows, workload.columns), ...below].join('\n')
}

function renderEnd(done: readonly MeasuredWork[]): string {
  const reached = done.flatMap(({ workload, rows }) =>
    workload.goals.map((goal) => ({ work: `(${workload.letter}) ${workload.name}`, ...reach(goal, rows) })),
  )
  const missing = new Map(done.flatMap(({ missing: tools }) => tools.map(({ name, from }) => [name, from] as const)))
  return [
    ...(reached.length === 0 ? [] : ['', '**Goals**', '', renderGoals(reached)]),
    ...(missing.size === 0 ? [] : ['', ...[...missing].map(([name, from]) => `- ${name} is not on this machine: ${from}`)]),
  ].join('\n')
}

type About = { readonly startedAt: string; readonly machine: object; readonly setting: string; readonly options: Options }

function recordOf(done: readonly MeasuredWork[], { startedAt, machine, setting, options: { rounds, seconds } }: About) {
  return {
    schema: 'doorbuster/bench@2',
    startedAt,
    machine,
    setting,
    rounds,
    seconds,
    work: done.map(({ workload: { letter, name, says, columns, goals }, rows, missing }) => ({
      letter,
      name,
      says,
      rows: rows.map((row) => ({
        ...row,
        kept: keptIn(row),
        figures: Object.fromEntries(columns.map((figure) => [figure, spreadIn(row, figure)])),
      })),
      goals: goals.map((goal) => reach(goal, rows)),
      missing: missing.map((tool) => tool.name),
    })),
  }
}
