// Starts the null target in a process of its own, asks it how busy it was, and ends it. Knows nothing of what is sent to it.
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromNullTarget } from './null-target.ts'

export type NullTarget = {
  /** Without a slash at its end. */
  readonly url: string
  /** Share of the time between the first and the last request since it was asked last in which it was busy, 0 to 1. */
  readonly busyRatio: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** @throws Error when it does not come up, or dies while it is asked. */
export async function startNullTarget(): Promise<NullTarget> {
  const entry = new URL(import.meta.url.endsWith('.ts') ? './null-target.ts' : './null-target.js', import.meta.url)
  // Detached, since Ctrl-C in a terminal goes to every process of the group; this one ends when it is told to, or with its parent.
  const child = fork(fileURLToPath(entry), { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { port } = await hear(child, 'listening')
  return {
    url: `http://127.0.0.1:${port}`,
    busyRatio: async () => {
      const heard = hear(child, 'busy')
      if (child.connected) child.send('busy')
      return (await heard).busyRatio
    },
    stop: async () => {
      child.kill()
      await gone
    },
  }
}

function hear<Kind extends FromNullTarget['kind']>(child: ChildProcess, kind: Kind): Promise<Extract<FromNullTarget, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      const heard = message as FromNullTarget
      if (heard.kind === kind) end(() => resolve(heard as Extract<FromNullTarget, { kind: Kind }>))
    }
    const onExit = (): void => end(() => reject(new Error('the null target died')))
    const end = (settle: () => void): void => {
      child.off('message', onMessage).off('exit', onExit)
      settle()
    }
    if (child.exitCode !== null || child.signalCode !== null) return onExit()
    child.on('message', onMessage).on('exit', onExit)
  })
}
