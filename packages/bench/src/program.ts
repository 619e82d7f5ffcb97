// Finds programs and runs them in a process group each, so that none outlives the bench.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Running = AsyncDisposable & {
  readonly pid: number
  readonly hasEnded: () => boolean
  /** What it wrote until it ended. Rejects when it cannot be started. */
  readonly ended: Promise<{ readonly stdout: string; readonly stderr: string }>
}

// nginx stands in sbin, which is not on everyone's path.
const searchPath = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin`

/** The program as the start of a command; null when this machine lacks it. */
export function onPath(name: string): readonly string[] | null {
  const path = pathOf(name)
  return path === null ? null : [path]
}

/** Also where `go install` puts it. */
export function inGoBin(name: string): readonly string[] | null {
  const goPath = process.env.GOPATH?.split(':')[0] || join(homedir(), 'go')
  return onPath(name) ?? inFolder(process.env.GOBIN || join(goPath, 'bin'), name)
}

/** Also where `cargo install` puts it. */
export function inCargoBin(name: string): readonly string[] | null {
  return onPath(name) ?? inFolder(join(process.env.CARGO_HOME || join(homedir(), '.cargo'), 'bin'), name)
}

/** The first executable of that name on the path. */
export function pathOf(name: string): string | null {
  const folders = searchPath.split(':').filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function inFolder(folder: string, name: string): readonly string[] | null {
  const path = join(folder, name)
  return isExecutable(path) ? [path] : null
}

/** The same for a script of an npm package, run by the Node that runs us; null when `resolve` throws. */
export function nodeScript(resolve: () => string): readonly string[] | null {
  try {
    return [process.execPath, fileURLToPath(resolve())]
  } catch {
    return null
  }
}

/** Killed, with all that it started, after `atMostMs`, when disposed of, and when this process ends. */
export function start(command: readonly string[], { cwd, atMostMs }: { readonly cwd: string; readonly atMostMs: number }): Running {
  const [program = '', ...programArguments] = command
  const env = { ...process.env, PATH: searchPath, LC_ALL: 'C' }
  const child = spawn(program, programArguments, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid = 0 } = child
  let hasEnded = false
  const kill = () => {
    if (!hasEnded && pid > 0) killGroup(pid)
  }
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said.stdout += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said.stderr += piece
  })
  const deadline = setTimeout(kill, atMostMs)
  process.once('exit', kill)
  const ended = once(child, 'close').then(() => said)
  const settle = () => {
    hasEnded = true
    clearTimeout(deadline)
    process.removeListener('exit', kill)
  }
  ended.then(settle, settle)
  const stop = async () => {
    kill()
    // Whether it could be started is the business of those who wait for `ended`.
    await ended.catch(() => {})
  }
  return { pid, hasEnded: () => hasEnded, ended, [Symbol.asyncDispose]: stop }
}

/** The command with as many open files as a crowd needs, as far as this machine lets it. */
export function withManyFiles(command: readonly string[]): readonly string[] {
  return ['bash', '-c', 'ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"', ...command]
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // It ended a moment ago, and its pipes are about to close.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
