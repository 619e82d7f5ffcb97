import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Recorder } from '@doorbuster/measurements'
import { launch } from '@doorbuster/plan'
import { createHttp1Transport } from '@doorbuster/wire'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { Belongings } from '../src/belongings.ts'
import { localBudget } from '../src/budget.ts'
import { createClock } from '../src/clock.ts'
import { openDesk } from '../src/desk.ts'
import { JourneyErrand } from '../src/journey-errand.ts'
import { LandedAnswer } from '../src/landed-answer.ts'
import type { Layer } from '../src/layers.ts'

test('what a shopper wears goes with assets, sockets and streams, and sees what they bring', async () => {
  const cookies: string[] = []
  const server = createServer((request, response) => {
    cookies.push(`${request.url} ${request.headers.cookie}`)
    response.setHeader('set-cookie', `from=${request.url}`)
    if (request.url === '/events') response.writeHead(200, { 'content-type': 'text/event-stream' }).end()
    else response.setHeader('content-type', 'text/html').end('<img src=/a.png>')
  })
  new WebSocketServer({ server }).on('connection', (_, request) => cookies.push(`${request.url} ${request.headers.cookie}`))
  await listening(server)
  const clock = createClock()
  const approved = () => ['127.0.0.1']
  const transport = createHttp1Transport({ now: clock.now, approved, budget: localBudget(10) })
  const plan = launch({ name: 'x', target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, traffic: 'burst 1' })
  const quiet = { onRefused: () => {}, wantsSample: () => false, onEvent: () => {}, isBeyondCap: () => false, maxRatePerSec: null }
  const none = { mask: (text: string) => text, threadCpuMs: () => null, privacy: null }
  const desk = openDesk({
    plan,
    clock,
    recorder: new Recorder(() => {}),
    transport,
    approved,
    socketsWhose: () => 'ours',
    ...quiet,
    ...none,
  })
  const seen: string[] = []
  const layer: Layer = {
    sending: ({ path }) => ({ cookie: `sid=1; to=${path}` }),
    answered: (answer) => seen.push(answer.header('set-cookie') ?? String(answer.status)),
  }
  const lane = transport.lane()
  const own = new Belongings({ desk, lane, phase: null, cuts: [], timeoutMs: 2_000, worn: [layer] })

  await own.page('/', {}, 'page', () => documentOf(desk, lane))
  await own.socket('/queue', {}, 'queue', null)
  await own.events('/events', {}, 'stock', null)
  own.end()
  await transport.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))

  expect(cookies).toEqual(['/ undefined', '/a.png sid=1; to=/a.png', '/queue sid=1; to=/queue', '/events sid=1; to=/events'])
  expect(seen).toEqual(['from=/a.png', '101', 'from=/events'])
})

/** The document goes over the session, which has layers of its own. */
function documentOf(desk: ReturnType<typeof openDesk>, lane: Parameters<(typeof desk)['send']>[0]): Promise<LandedAnswer> {
  return new Promise((resolve) => {
    const call = { ...desk.callTo(new URL(desk.addressOf('/').origin).origin, 'GET', 2_000), statuses: undefined, headers: {} }
    const landed = (errand: JourneyErrand): void => resolve(new LandedAnswer(errand))
    const errand = new JourneyErrand(
      desk,
      desk.recorder.slot(null, 'page'),
      call,
      { landed },
      { ...desk.addressOf('/'), method: 'GET' },
      {},
      () => {},
      () => {},
    )
    desk.send(lane, errand, null, desk.clock.now())
  })
}

const listening = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
