// A listening port that leaves everybody waiting: its queue is full, and the thread that should accept sleeps.
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'

export type Blackhole = { readonly port: number; readonly stop: () => Promise<unknown> }

const backlog = 1

const source = `
const { createServer } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const { host, port, backlog, asleep } = workerData
const server = createServer()
server.listen({ host, port, backlog }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(asleep, 0, 0)
})`

export async function startBlackhole(host: string, wantedPort = 0): Promise<Blackhole> {
  const asleep = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(source, { eval: true, workerData: { host, port: wantedPort, backlog, asleep } })
  const port = await new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  // Linux lets one more into the queue than it was asked to.
  const queue = await Promise.all(Array.from({ length: backlog + 1 }, () => connected(host, port)))
  const stop = async (): Promise<void> => {
    for (const socket of queue) socket.destroy()
    await worker.terminate()
  }
  return { port, stop }
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket))
    socket.on('error', reject)
  })
}
