// Starts programs so that none outlives the test that started it, and fetches those that the machine lacks. Knows nothing of doorbuster.
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

export type Finished = {
  /** Null when a signal ended the program. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export type Running = AsyncDisposable & {
  readonly pid: number
  readonly finished: Promise<Finished>
  /** Resolves when the text has appeared on stdout or stderr; rejects when the program ends without it. */
  readonly says: (text: string) => Promise<void>
  /** Everything on stdout and stderr so far. */
  readonly said: () => string
  /** To the program and the programs that it started. */
  readonly signal: (name: NodeJS.Signals) => void
}

/** Starts the program in a process group of its own, which gets SIGKILL after `atMostMs`, when disposed of, and when this process ends. */
export function start(
  program: string,
  programArguments: readonly string[],
  { atMostMs = 60_000, ...options }: Pick<SpawnOptions, 'cwd' | 'env'> & { readonly atMostMs?: number } = {},
): Running {
  const child = spawn(program, programArguments, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  const signal = (name: NodeJS.Signals) => signalGroup(pid, name)
  const kill = () => signal('SIGKILL')
  const deadline = setTimeout(kill, atMostMs)
  process.once('exit', kill)
  const { finished, says, said } = listenTo(child)
  const settled = finished.finally(() => {
    clearTimeout(deadline)
    process.removeListener('exit', kill)
  })
  const stop = async () => {
    kill()
    await settled
  }
  return { pid: pid ?? 0, finished: settled, says, said, signal, [Symbol.asyncDispose]: stop }
}

function listenTo(child: ChildProcess): Pick<Running, 'finished' | 'says' | 'said'> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    said.stdout += piece
  })
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said.stderr += piece
  })
  const finished = once(child, 'close').then(([exitCode, signal]): Finished => ({ exitCode, signal, ...said }))
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (said.stdout + said.stderr).includes(text) && resolve()
      child.stdout?.on('data', look)
      child.stderr?.on('data', look)
      finished.then(() => reject(new Error(`it ended without saying ${JSON.stringify(text)}:\n${said.stdout}${said.stderr}`)), reject)
      look()
    })
  return { finished, says, said: () => said.stdout + said.stderr }
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  // 0 would mean our own group.
  if (!pid) return
  try {
    process.kill(-pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * The first of the programs that this machine has. When it has none, the Debian package is installed if we may (root, with apt-get);
 * otherwise `missing` says what to do.
 */
export async function findProgram(
  names: readonly string[],
  debianPackage: string,
): Promise<{ readonly path: string } | { readonly missing: string }> {
  const isRoot = process.getuid?.() === 0
  const there = (await which(names)) ?? (isRoot && (await installed(debianPackage)) ? await which(names) : undefined)
  return there === undefined ? { missing: `no ${names.join(' or ')} here: apt-get install ${debianPackage}` } : { path: there }
}

async function which(names: readonly string[]): Promise<string | undefined> {
  // nginx stands in sbin, which is not on everyone's path.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  for (const name of names) {
    const { exitCode, stdout } = await start('sh', ['-c', 'command -v "$0"', name], { env }).finished
    if (exitCode === 0) return stdout.trim()
  }
  return undefined
}

async function installed(debianPackage: string): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Test files run side by side: wait for one another's lock.
  const quietly = ['-qq', '-o', 'DPkg::Lock::Timeout=120']
  const run = promisify(execFile)
  try {
    await run('apt-get', [...quietly, 'update'], { env })
    await run('apt-get', [...quietly, 'install', '-y', '--no-install-recommends', debianPackage], { env })
    return true
  } catch {
    return false
  }
}
