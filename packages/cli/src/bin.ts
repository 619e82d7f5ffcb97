#!/usr/bin/env node
// The process: makes a World of it, runs one command, and ends with its exit code.
import { machineCpu, threadCpuMs } from './machine.ts'
import { main } from './main.ts'
import type { Sink, World } from './world.ts'

const sink = (stream: NodeJS.WriteStream): Sink => {
  // A reader that closes our output early (`| head`) is no error of ours.
  let isClosed = false
  stream.on('error', () => {
    isClosed = true
  })
  return {
    write: (text) => {
      if (!isClosed) stream.write(text)
    },
    flush: () => new Promise((resolve) => (isClosed ? resolve(false) : stream.write('', (error) => resolve(error == null)))),
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  }
}

const world: World = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  nodeVersion: process.version,
  stdout: sink(process.stdout),
  stderr: sink(process.stderr),
  now: () => new Date(),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return { ownMs: (user + system) / 1e3, ...machineCpu() }
  },
  threadCpuMs,
  onStray: (handler) => {
    const events = ['uncaughtException', 'unhandledRejection'] as const
    for (const event of events) process.on(event, handler)
    return () => {
      for (const event of events) process.off(event, handler)
    }
  },
  onInterrupt: (handler) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, handler)
    return () => {
      for (const signal of signals) process.off(signal, handler)
    }
  },
  exitNow: (code) => process.exit(code),
}

const code = await main(world)
// A plan may have left a handle open; what was written is flushed first.
await Promise.all([world.stdout.flush(), world.stderr.flush()])
process.exit(code)
