// autocannon in a thread of its own: it brings histograms that share one WebAssembly instance with whoever loads them, and prints nothing
// here. Closed loop alone: neither its rate nor its correction for coordinated omission is right, and neither is asked for.
import { parentPort, workerData } from 'node:worker_threads'
import autocannon from 'autocannon'
import { percentilesOf } from './agreement.ts'
import type { Percentiles } from './calibration.ts'

export type OpinionOrders = { readonly url: string; readonly connections: number; readonly lastingMs: number }
export type Opinion = Percentiles

/** How often it looks whether its time is over; the default is a second. */
const lookEveryMs = 50

if (parentPort !== null) {
  parentPort.postMessage(percentilesOf(Float64Array.from(await timesOf(workerData as OpinionOrders))) satisfies Opinion)
}

/** In fractional ms, as each answer comes: autocannon's own histogram counts in whole ones. */
function timesOf({ url, connections, lastingMs }: OpinionOrders): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const timesMs: number[] = []
    const options = { url, connections, duration: lastingMs / 1e3, sampleInt: lookEveryMs }
    const loop = autocannon(options, (error) => (error === null ? resolve(timesMs) : reject(error)))
    loop.on('response', (_client, _status, _bytes, serviceMs) => timesMs.push(serviceMs))
  })
}
