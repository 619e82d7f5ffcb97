// A port for a server that cannot choose one itself, and the wait until that server answers.
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Running } from './program.ts'

const readyWithinMs = 5_000
const lookEveryMs = 20

/** It was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}

/** Its first answer. @throws Error with what it said, when it does not come up; it is stopped then */
export async function firstAnswer(server: Running, url: string): Promise<Response> {
  for (let waitedMs = 0; waitedMs < readyWithinMs && !server.hasEnded(); waitedMs += lookEveryMs) {
    const answer = await fetch(url).catch(() => null)
    if (answer !== null) return answer
    await sleep(lookEveryMs)
  }
  await server[Symbol.asyncDispose]()
  throw new Error(`the server did not come up: ${(await server.ended).stderr}`)
}
