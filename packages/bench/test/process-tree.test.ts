import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { platform } from 'node:os'
import { expect, test } from 'vitest'
import { treeCpuMs, treePeakBytes } from '../src/process-tree.ts'
import { start } from '../src/program.ts'

test.runIf(platform() === 'linux')("a program's time includes that of the programs it started", async () => {
  // The outer shell only waits; the loop inside is what costs.
  const child = spawn('bash', ['-c', '(for ((n = 0; n < 100000; n++)); do :; done; echo done; read -r _); exit'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  const cpuMs = treeCpuMs(child.pid ?? 0)
  child.stdin.end()
  await ended
  expect(cpuMs).toBeGreaterThan(20)
})

test.runIf(platform() === 'linux')("a program's memory is the most it ever held, with what its children held", async () => {
  const heldBytes = 50e6
  const script = `Buffer.alloc(${heldBytes}, 1); console.log('held'); process.stdin.resume()`
  const child = spawn('bash', ['-c', `"$0" -e "$1" & cat; kill $!; exit`, process.execPath, script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  const peakBytes = treePeakBytes(child.pid ?? 0)
  child.stdin.end()
  await ended
  expect(peakBytes).toBeGreaterThan(heldBytes)
})

test.runIf(platform() === 'linux')('a program that has gone costs nothing more', () => {
  const pid = 2 ** 22 + 1
  expect([treeCpuMs(pid), treePeakBytes(pid)]).toEqual([0, 0])
})

test('a program that is disposed of takes its children with it', async () => {
  const program = start(['bash', '-c', 'sleep 60 & echo $!; wait'], { cwd: '.', atMostMs: 60_000 })
  await program[Symbol.asyncDispose]()
  // stdout only closes when the last process that holds it is gone.
  expect(program.hasEnded()).toBe(true)
})

test('a program that cannot be started rejects', async () => {
  await expect(start(['no-such-program-here'], { cwd: '.', atMostMs: 60_000 }).ended).rejects.toThrow('ENOENT')
})
