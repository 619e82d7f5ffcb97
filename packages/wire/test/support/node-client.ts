// What Node's own HTTP client makes of bytes that a server sends before it closes the connection.
import { request } from 'node:http'
import { startRawServer } from './raw-server.ts'

export type NodeReading = { readonly status: number; readonly body: string } | { readonly code: string }

/** One reading for each of the answers given. */
export async function readByNode(answers: readonly { readonly bytes: string; readonly method: string }[]): Promise<readonly NodeReading[]> {
  const server = await startRawServer((socket, head) => {
    const nth = Number(/ \/(\d+)/.exec(head)?.[1])
    socket.end(answers[nth]?.bytes ?? '', 'latin1')
  })
  const readings: NodeReading[] = []
  for (const [nth, { method }] of answers.entries()) readings.push(await ask(`${server.origin}/${nth}`, method))
  await server.stop()
  return readings
}

function ask(url: string, method: string): Promise<NodeReading> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => resolve({ code: error.code ?? error.message })
    const asked = request(url, { method, agent: false }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', onError)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('latin1') }))
    })
    asked.on('error', onError)
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve({ code: 'upgrade' })
    })
    asked.end()
  })
}
