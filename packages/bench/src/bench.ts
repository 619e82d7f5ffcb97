// The program: measures the product beside its peers, prints one table and writes everything as JSON.
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Row } from './figures.ts'
import { figuresOf } from './figures.ts'
import type { Contender } from './in-turn.ts'
import { inTurn } from './in-turn.ts'
import { loadRound } from './load-round.ts'
import { canPin, clientCpu, machineFacts, serverCpu } from './machine.ts'
import { micro } from './micro.ts'
import type { Options } from './options.ts'
import { chosen, readOptions, usage } from './options.ts'
import type { Peer } from './peers.ts'
import { peers } from './peers.ts'
import { notesOn, renderTable } from './table.ts'
import { startTarget } from './target.ts'

type Present = Peer & { readonly program: readonly string[] }
type Chosen = { readonly present: readonly Present[]; readonly missing: readonly Peer[]; readonly small: readonly Contender[] }

// An exit runs the handlers that clean up what was started; a bare signal would not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

try {
  await bench(readOptions(process.argv.slice(2)))
} catch (failure) {
  console.error(`${failure instanceof Error ? failure.message : String(failure)}\n\n${usage}`)
  process.exitCode = 2
}

async function bench(options: Options): Promise<void> {
  const { rounds, seconds, json } = options
  const startedAt = new Date().toISOString()
  const machine = machineFacts()
  const { present, missing, small } = choose(options.only)
  const { rows, setting } = await measureAll(present, small, options)

  console.log(`\n${renderTable(rows)}\n`)
  console.log(`Median (lowest–highest) of rounds of ${seconds} s. ${setting}.`)
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.os}, Node ${machine.node}, load before ${machine.loadBefore.toFixed(2)}.`)
  for (const note of notesOn(rows)) console.log(note)
  for (const { name, from } of missing) console.log(`${name}: not on this machine (${from})`)

  const record = { schema: 'doorbuster/bench@1', startedAt, machine, setting, rounds, seconds }
  const path = json ?? `runs/bench-${startedAt.replaceAll(':', '-')}.json`
  const full = { ...record, rows: rows.map((row) => ({ ...row, figures: figuresOf(row) })), missing: missing.map(({ name }) => name) }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(full, null, 2)}\n`)
  console.log(`Everything that was measured: ${path}`)
}

function choose(only: readonly string[]): Chosen {
  const wanted = chosen([...peers, ...micro], only)
  const found = peers.filter((peer) => wanted.includes(peer)).map((peer) => ({ ...peer, program: peer.find() }))
  return {
    present: found.filter((peer): peer is Present => peer.program !== null),
    missing: found.filter(({ program }) => program === null),
    small: micro.filter((one) => wanted.includes(one)),
  }
}

async function measureAll(present: readonly Present[], small: readonly Contender[], { rounds, seconds }: Options) {
  const isPinned = canPin()
  using folder = mkdtempDisposableSync(join(tmpdir(), 'doorbuster-bench-'))
  process.once('exit', () => folder.remove())
  await using target = await startTarget(folder.path, isPinned ? serverCpu : null)
  const setting = { target, cwd: folder.path, isPinned }
  const loading = present.map((peer) => ({
    name: peer.name,
    measure: (lastingMs: number) => loadRound(peer, peer.program, lastingMs, setting),
  }))
  const onRound = (round: number, name: string) => console.error(`round ${round} of ${rounds}: ${name}`)
  const rows: readonly Row[] = await inTurn([...loading, ...small], { rounds, lastingMs: seconds * 1e3, onRound })
  const where = isPinned ? `${target.server} on CPU ${serverCpu}, clients on CPU ${clientCpu}` : `${target.server}, nothing pinned`
  return { rows, setting: where }
}
