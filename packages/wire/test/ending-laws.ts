// The law of every ending: whatever way requests end, and in whatever order, each is told once and every socket is given back once.
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { Lane, Prepared, Transport, TransportOptions } from '../src/transport.ts'
import { Dice } from './support/dice.ts'
import { okAnswer, startRawServer } from './support/raw-server.ts'

const requests = 400

/** What a server does when it is asked for a path of that name; null: it resets the connection. */
const answers: Readonly<Record<string, string | null>> = {
  ok: okAnswer('x'),
  close: okAnswer('x', 'Connection: close\r\n'),
  'half-closed': okAnswer('x'),
  cut: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx',
  malformed: 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n',
  'too-large': okAnswer('x'.repeat(2_000)),
  stray: okAnswer('x') + okAnswer('y'),
  upgrade: 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
  reset: null,
}

/** `ok` more often than others, so that there are idle sockets to be used again. */
const endings = [...Object.keys(answers), 'ok', 'ok', 'silent', 'cancelled', 'cancelled-at-once', 'refused', 'guard', 'unsendable']

function misbehave(socket: Socket, ending: string): void {
  const bytes = answers[ending]
  if (bytes === null) socket.resetAndDestroy()
  else if (bytes !== undefined) socket.write(bytes)
  if (ending === 'half-closed' || ending === 'cut') socket.end()
}

/** Counts, and notices what was given back twice. */
class CountedBudget {
  taken = 0
  take(): boolean {
    this.taken++
    return true
  }
  give(): void {
    if (--this.taken < 0) throw new Error('given back twice')
  }
}

function preparedEndings(transport: Transport, origin: string, nobody: string): readonly (readonly [ending: string, prepared: Prepared])[] {
  const origins: Readonly<Record<string, string>> = { refused: nobody, guard: 'http://guard.test' }
  const limits = { connectTimeoutMs: 5_000, firstByteTimeoutMs: Number.POSITIVE_INFINITY }
  const prepare = (ending: string): Prepared =>
    transport.prepare({
      origin: origins[ending] ?? origin,
      method: 'GET',
      path: `/${ending}`,
      headers: ending === 'unsendable' ? { 'x-run': 'a\nb' } : {},
      body: null,
      keepBody: 'whole',
      timeoutMs: ending === 'silent' ? 30 : 5_000,
      ...limits,
    })
  return endings.map((ending) => [ending, prepare(ending)])
}

function sendOne(lane: Lane, ending: string, prepared: Prepared, told: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const landed = (): void => {
      told()
      resolve()
    }
    const sending = lane.send(prepared, null, { landed })
    if (sending === null) reject(new Error('no socket'))
    if (ending === 'cancelled-at-once') sending?.cancel()
    if (ending === 'cancelled') setTimeout(() => sending?.cancel(), 3)
  })
}

export function endingLaws(name: string, create: (options: TransportOptions) => Transport): void {
  test(`${name}: whatever way requests end, each is told once and every socket is given back once`, async () => {
    const server = await startRawServer((socket, head) => misbehave(socket, / \/(\S+)/.exec(head)?.[1] ?? ''))
    const gone = await startRawServer(() => {})
    await gone.stop()
    const budget = new CountedBudget()
    const approved = (origin: string) => (origin.includes('guard') ? undefined : ['127.0.0.1'])
    const transport = create({ now: () => performance.now(), approved, budget, mostBodyBytes: 1_000 })
    const prepared = preparedEndings(transport, server.origin, gone.origin)
    const dice = new Dice(20_121_120)
    const tellings = new Array<number>(requests).fill(0)
    const differences: unknown[] = []
    let next = 0
    const visit = async (lane: Lane): Promise<void> => {
      while (next < requests) {
        const nth = next++
        const [ending, request] = prepared[dice.below(prepared.length)] ?? []
        if (ending === undefined || request === undefined) continue
        await sendOne(lane, ending, request, () => {
          tellings[nth] = (tellings[nth] ?? 0) + 1
          if (budget.taken !== transport.sockets) differences.push([ending, budget.taken, transport.sockets])
        })
      }
    }
    const lanes = [transport.shared, transport.shared, transport.shared, transport.lane(), transport.lane(), transport.lane()]
    await Promise.all(lanes.map(visit))
    for (const lane of lanes) lane.close()
    expect([budget.taken, transport.sockets, differences]).toEqual([0, 0, []])
    expect(tellings.every((count) => count === 1)).toBe(true)
    await transport.close()
    await server.stop()
  })
}
