// A rehearsal of the rehearsal: 0.4 s of requests to a server inside this very process, before the run's zero.
// Node compiles what runs often only once it has run often; without this the first hundred arrivals of every run would be late.
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Recorder } from '@doorbuster/measurements'
import { launch } from '@doorbuster/plan'
import type { Approved } from '@doorbuster/wire'
import { createHttp1Transport } from '@doorbuster/wire'
import { localBudget } from './budget.ts'
import type { Clock } from './clock.ts'
import { generate } from './generate.ts'
import type { Metronome } from './metronome.ts'
import { runLimits } from './run-limits.ts'

export type WarmUpOptions = {
  readonly clock: Clock
  readonly metronome: Metronome
}

const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
const ceiling = { sockets: 64, shoppers: 1_000 }

/** Sends nothing beyond this process, and counts nothing. Over our own client, whatever the run will use: the others are no hot path. */
export async function warmUp({ clock, metronome }: WarmUpOptions): Promise<void> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.write(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const approved: Approved = (origin) => (origin === target ? ['127.0.0.1'] : undefined)
  const transport = createHttp1Transport({ now: clock.now, approved, budget: localBudget(ceiling.sockets) })
  try {
    await generate({
      plan: launch({ name: 'warm-up', target, traffic: 'hold 500/s for 100ms; hold 10000/s for 300ms', drain: '1s' }),
      transport,
      approved,
      clock,
      metronome,
      recorder: new Recorder((_, release) => release()),
      limits: runLimits({ ceiling, maxRatePerSec: null }),
      cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
      threadCpuMs: () => null,
      wantsSample: () => false,
      onEvent: () => {},
      stop: new AbortController(),
    })
  } finally {
    await transport.close()
    server.close()
  }
}
