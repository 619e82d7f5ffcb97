// Starts the shop as a process of its own and waits until its doors are open. Imports only a type of the shop, so that nothing of it runs here.
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FaultText } from './faults/faults.ts'

export type { FaultText }

export type ShopOptions = {
  readonly manner: 'naive' | 'hardened'
  /** Default 0: a free one. */
  readonly port?: number
  /** Of every product, at first. Default 500. */
  readonly stock?: number
  /** Default 400. The landing page lists them all. */
  readonly products?: number
  /** A file that outlives the shop, or `:memory:`, the default. */
  readonly db?: string
  /** How long a cart holds its stock. Default 0: not at all. */
  readonly holdMs?: number
  /** How long every payment takes, in whole ms. Default 30 to 60. */
  readonly payMs?: number
  /** How many requests are worked on at once. Default 4 in a naive shop, 32 in a hardened one. */
  readonly workers?: number
  /** Default: none. */
  readonly faults?: readonly FaultText[]
}

export type RunningShop = {
  readonly url: string
  readonly pid: number
  /** Resolves when the process is gone. May be called twice. */
  readonly stop: () => Promise<void>
}

const startingMs = 15_000
const stoppingMs = 3_000
const rememberedErrorChars = 4_000

/** Rejects with what the shop wrote to stderr when it does not open within 15 s. The shop ends when this process does, however that ends. */
export async function startShop(options: ShopOptions): Promise<RunningShop> {
  // The same file runs from source and compiled; its neighbour has the same ending.
  const main = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './main.ts' : './main.js', import.meta.url))
  // Node 22 and 24 call node:sqlite and type stripping experimental; said once a start, that helps nobody.
  const args = ['--disable-warning=ExperimentalWarning', main, '--until-stdin-closes', ...flags(options)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaint = collect(child)
  // After `exit`, and after the last of its words has been read.
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const { url, pid } = await firstLine(child)
    return { url, pid, stop: () => stop(child, closed) }
  } catch (error) {
    await stop(child, closed)
    throw new Error(`the shop did not open: ${complaint() || String(error)}`, { cause: error })
  }
}

function flags({ holdMs, payMs, faults = [], ...rest }: ShopOptions): string[] {
  const named = Object.entries({ ...rest, 'hold-ms': holdMs, 'pay-ms': payMs })
  return [
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...faults.flatMap((fault) => ['--fault', fault]),
  ]
}

function collect(child: ChildProcessWithoutNullStreams): () => string {
  let text = ''
  const add = (more: string) => {
    text = (text + more).slice(-rememberedErrorChars)
  }
  child.stderr.setEncoding('utf8').on('data', add)
  child.on('error', (error) => add(error.message))
  return () => text.trim()
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<{ readonly url: string; readonly pid: number }> {
  // The lines end when the shop does, or when the time is up.
  for await (const line of createInterface({ input: child.stdout, signal: AbortSignal.timeout(startingMs) })) return JSON.parse(line)
  throw new Error(child.exitCode === null ? `no word from it within ${startingMs / 1_000} s` : `it ended with ${child.exitCode}`)
}

async function stop(child: ChildProcess, closed: Promise<void>): Promise<void> {
  const kill = setTimeout(() => child.kill('SIGKILL'), stoppingMs)
  child.kill('SIGTERM')
  await closed
  clearTimeout(kill)
}
