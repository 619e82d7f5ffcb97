// The run's side of its live page: starts the thread, hands it one small message a window, and passes on its button.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RunStart } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { Progress } from '../progress.ts'
import { UsageError } from '../usage.ts'
import type { FromPage, LiveOrders, ToPage } from './live-messages.ts'

export type LivePageOptions = {
  readonly port: number
  readonly start: RunStart
  readonly objectives: readonly Objective[]
  /** The button was pressed. */
  readonly onStop: () => void
  /** The page is gone, and the run goes on without it: words for the terminal. */
  readonly onLost: (text: string) => void
}

export type OpenLivePage = {
  readonly url: string
  readonly progress: Progress
  /** Sends every page on to the report (null: there is none), and waits until they have it, 5 s at most. */
  end(reportFile: string | null): Promise<void>
  /** At once. */
  close(): Promise<void>
}

/** @throws UsageError when the port cannot be had. */
export async function openLivePage({ port, start, objectives, onStop, onLost }: LivePageOptions): Promise<OpenLivePage> {
  const token = randomBytes(18).toString('base64url')
  const orders: LiveOrders = { port, token, start, objectives }
  const entry = new URL(import.meta.url.endsWith('.ts') ? './live-thread.ts' : './live-thread.js', import.meta.url)
  const thread = new Worker(entry, { workerData: orders, resourceLimits: { maxOldGenerationSizeMb: 512 } })
  // Not `once`, which would throw what the thread dies of where nobody waits for it.
  const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const [first] = (await once(thread, 'message')) as [FromPage]
  if (first.kind !== 'listening') {
    await gone
    throw new UsageError('--ui', 'a port on 127.0.0.1 that is free', `${port} (${first.kind === 'no-port' ? first.code : first.kind})`)
  }
  let isLost = false
  thread.on('message', (message: FromPage) => message.kind === 'stop' && onStop())
  thread.on('error', (error) => {
    isLost = true
    onLost(`The live page is gone, and the run goes on: ${error instanceof Error ? error.message : String(error)}`)
  })
  const tell = (message: ToPage): void => {
    if (!isLost) thread.postMessage(message)
  }
  return {
    url: `http://127.0.0.1:${first.port}/${token}/`,
    progress: {
      window: (row, causes, shoppers, breaches) =>
        tell({ kind: 'window', seen: [row, { ...causes }, { ...shoppers }, breaches.slice(0, mostBreaches)] }),
      note: (text) => tell({ kind: 'note', text }),
      end: () => {},
    },
    end: (reportFile) => {
      tell({ kind: 'end', reportFile })
      return gone
    },
    close: async () => {
      await thread.terminate()
    },
  }
}

const mostBreaches = 100
