#!/usr/bin/env node
// The process: makes a World of it, runs one command, and ends with its exit code.
import { machineCpu } from './machine.ts'
import { main } from './main.ts'
import type { Sink, World } from './world.ts'

const sink = (stream: NodeJS.WriteStream): Sink => ({
  write: (text) => {
    stream.write(text)
  },
  isTTY: stream.isTTY === true,
  columns: stream.columns,
})

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
  onInterrupt: (handler) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, handler)
    return () => {
      for (const signal of signals) process.off(signal, handler)
    }
  },
  exitNow: (code) => process.exit(code),
}

// A reader that closes our output early (`| head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const code = await main(world)
// A plan may have left a handle open; what was written is flushed first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
