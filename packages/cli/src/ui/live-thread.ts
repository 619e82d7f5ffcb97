// The thread of the live page: takes what windows came to, draws it with the report's own figures, and serves it. Knows nothing of the run
// beyond these messages, so that what a browser costs is never paid by the thread that sends.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { loadLivePage } from '@doorbuster/report'
import { LiveDrawing } from './live-drawing.ts'
import type { FromPage, LiveOrders, ToPage } from './live-messages.ts'
import { LiveServer } from './live-server.ts'

/** Pages that were shown the run get its report before the process ends. */
const longestFarewellMs = 5_000

if (parentPort === null) throw new Error('the live page is a thread of its own')
await serve(workerData as LiveOrders, parentPort)

async function serve(orders: LiveOrders, port: NonNullable<typeof parentPort>): Promise<void> {
  // On Linux a thread has a priority of its own; elsewhere this would slow the whole process down.
  if (process.platform === 'linux') setPriority(0, 10)
  const tell = (message: FromPage): void => port.postMessage(message)
  const page = await loadLivePage()
  const server: LiveServer = new LiveServer({
    port: orders.port,
    token: orders.token,
    frame: (nonce) => page.liveFrame(orders.start.name, nonce),
    onStop: () => tell({ kind: 'stop' }),
    onReader: () => drawing.wanted(),
  })
  const drawing = new LiveDrawing(orders, page, server)
  port.on('message', (message: ToPage) => {
    if (message.kind === 'window') drawing.window(message.seen)
    else if (message.kind === 'note') drawing.note(message.text)
    else {
      drawing.end()
      server.end(message.reportFile, longestFarewellMs).then(() => port.close())
    }
  })
  try {
    tell({ kind: 'listening', port: await server.listen() })
  } catch (error) {
    tell({ kind: 'no-port', code: (error as NodeJS.ErrnoException).code ?? String(error) })
    port.close()
  }
}
