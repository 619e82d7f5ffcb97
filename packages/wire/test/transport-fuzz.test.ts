// Twenty thousand requests over real sockets to a server that spoils every second answer, each answer bearing the name of its request.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createHttp1Transport } from '../src/http1-transport.ts'
import type { WireAnswer } from '../src/transport.ts'
import { budgetOf } from './support/budget.ts'
import { Dice } from './support/dice.ts'
import { Mutant } from './support/mutant.ts'
import { startRawServer } from './support/raw-server.ts'

const requests = 20_000
const lanes = 40
const most = 60

/** A name that no spoiling turns into another one: its end is a digest of its beginning. */
const nameOf = (nth: number): string => `${nth}-${digestOf(`${nth}`)}`
const digestOf = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 12)
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(\d+)-([0-9a-f]{12})/g)].filter(([, nth = '', digest]) => digestOf(nth) === digest).map(([name]) => name)

const answersOf = (name: string): readonly string[] => {
  const size = name.length.toString(16)
  const named = `X-Name: ${name}\r\n`
  return [
    `HTTP/1.1 200 OK\r\n${named}Content-Length: ${name.length}\r\n\r\n${name}`,
    `HTTP/1.1 200 OK\r\n${named}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${name}\r\n${size};x=y\r\n${name}\r\n0\r\n${named}\r\n`,
    `HTTP/1.1 103 Early Hints\r\n${named}\r\nHTTP/1.1 404 Not Found\r\n${named}Content-Length: 0\r\n\r\n`,
    `HTTP/1.1 204 No Content\r\n${named}\r\n`,
    `HTTP/1.0 200 OK\r\n${named}Connection: keep-alive\r\nContent-Length: ${name.length}\r\n\r\n${name}`,
    `HTTP/1.1 200 OK\r\nConnection: close\r\n${named}\r\n${name}`,
  ]
}

test('no answer of twenty thousand bears the name of another request, and every request comes to one end', async () => {
  const dice = new Dice(20_121_120)
  const mutant = new Mutant(
    dice,
    answersOf('nobody').map((bytes) => Buffer.from(bytes)),
  )
  const server = await startRawServer((socket, head) => {
    const name = nameOf(Number(/^\S+ \/(\d+)/.exec(head)?.[1]))
    const answers = answersOf(name)
    const which = dice.below(answers.length)
    const bytes = answers[which] ?? ''
    if (dice.below(2) === 0) {
      if (which === answers.length - 1) socket.end(bytes)
      else socket.write(bytes)
      return
    }
    mutant.next(Buffer.from(bytes))
    const spoilt = Buffer.from(mutant.bytes.subarray(0, mutant.length))
    const cut = dice.below(spoilt.length + 1)
    socket.write(spoilt.subarray(0, cut))
    // Half of the connections are left as they are, to run into their deadlines or to be used again.
    const isEnded = dice.below(2) === 0
    setImmediate(() => {
      if (!socket.writable) return
      if (isEnded) socket.end(spoilt.subarray(cut))
      else socket.write(spoilt.subarray(cut))
    })
  })
  const transport = createHttp1Transport({
    now: () => performance.now(),
    approved: () => ['127.0.0.1'],
    budget: budgetOf(most),
    mostBodyBytes: 10_000,
  })
  const limits = { timeoutMs: 100, connectTimeoutMs: 5_000, firstByteTimeoutMs: Number.POSITIVE_INFINITY }
  const prepared = transport.prepare({
    origin: server.origin,
    method: 'GET',
    path: '/',
    headers: {},
    body: null,
    keepBody: 'whole',
    ...limits,
  })

  const landings = new Uint8Array(requests)
  const foreign: unknown[] = []
  const ends: Record<string, number> = {}
  const note = (nth: number, answer: WireAnswer): void => {
    landings[nth] = (landings[nth] ?? 0) + 1
    const end = answer.kind === 'answered' ? 'answered' : answer.cause
    ends[end] = (ends[end] ?? 0) + 1
    if (answer.kind !== 'answered') return
    const body = Buffer.from(answer.body ?? []).toString('latin1')
    const names = namesIn(`${answer.headers('x-name').join(' ')} ${body}`)
    if (names.some((name) => name !== nameOf(nth))) foreign.push({ nth, names, body })
  }
  let next = 0
  const visit = async (): Promise<void> => {
    const lane = transport.lane()
    while (next < requests) {
      const nth = next++
      await new Promise<void>((resolve) => {
        const landed = (answer: WireAnswer): void => {
          note(nth, answer)
          resolve()
        }
        if (lane.send(prepared, { path: `/${nth}` }, { landed }) === null)
          throw new Error('the ceiling was reached, though fewer lanes send')
      })
    }
    lane.close()
  }
  await Promise.all(Array.from({ length: lanes }, visit))

  expect(foreign).toEqual([])
  expect(landings.every((count) => count === 1)).toBe(true)
  expect(transport.sockets).toBe(0)
  const { answered = 0, truncated = 0, timeout = 0, reset = 0, ...others } = ends
  expect(answered).toBeGreaterThan(requests / 2)
  expect(Math.min(truncated, timeout, reset)).toBeGreaterThan(0)
  // What is left was told apart by the reader, or was read behind a rest that came too late to be noticed.
  expect(Object.keys(others).filter((cause) => !/^(?:malformed:[a-z-]+|too-large)$/.test(cause))).toEqual([])
  await transport.close()
  await server.stop()
})
