// Finds programs and runs them in a process group each, so that none outlives the bench.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

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
  const found = searchPath.split(':').some((folder) => folder !== '' && isExecutable(join(folder, name)))
  return found ? [name] : null
}

/** The same for a script of an npm package, run by the Node that runs us. */
export function nodeScript(specifier: string): readonly string[] | null {
  try {
    return [process.execPath, createRequire(import.meta.url).resolve(specifier)]
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
    if (!hasEnded && pid > 0) process.kill(-pid, 'SIGKILL')
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
    await ended
  }
  return { pid, hasEnded: () => hasEnded, ended, [Symbol.asyncDispose]: stop }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
