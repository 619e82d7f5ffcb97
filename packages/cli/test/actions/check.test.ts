import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunStart } from '@doorbuster/measurements'
import { Recorder, RunFolder } from '@doorbuster/measurements'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import type { World } from '../../src/world.ts'

const start: RunStart = {
  schema: 'doorbuster/run@1',
  name: 'told',
  target: 'http://127.0.0.1:4000',
  plan: { objectives: [], shoppers: [{ name: 'buyer', steps: ['landing', 'never-reached'] }, null, { steps: 5 }] },
  planHash: 'abc',
  seed: 1,
  arrivalsHash: null,
  shape: null,
  model: 'open',
  startedAt: '2026-11-20T08:00:00.000Z',
  phases: [{ name: 'doors', startMs: 0, lastingMs: 1_000, arrivals: 1 }],
  peak: null,
  lastingMs: 1_000,
  arrivals: 1,
  planned: { everyMs: 1_000, arrivals: [1] },
  ceiling: { sockets: 1, shoppers: 1 },
  transport: 'none',
  threads: 1,
  versions: { doorbuster: '0.1.0', node: 'v0' },
  machine: { cpu: 'none', cores: 1, memoryBytes: 1, os: 'none' },
}

const home = mkdtempSync(join(tmpdir(), 'doorbuster-'))

beforeAll(async () => {
  const folder = RunFolder.create(join(home, 'run'), start)
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => appended.push(folder.append(window, async () => {}).then(release)))
  for (const step of ['landing', 'built-later']) {
    const slot = recorder.slot('doors', step)
    recorder.due(slot)
    recorder.sent(slot, 0)
    recorder.landed(slot, 1, 1)
    recorder.answered(slot, false, 5, 5)
  }
  const mobile = recorder.cut('device', 'mobile', 'doors')
  recorder.dueIn(mobile.cut, 'first')
  recorder.closed(mobile, 'ok', null, 5)
  Object.assign(recorder.shoppers, { due: 2, started: 2, finished: 2 })
  recorder.finish(1_000)
  folder.note({ atMs: 1_000, kind: 'stop', text: 'end', end: { finished: true, stoppedBy: 'end', durationMs: 1_000, cpuSeconds: 0 } })
  await Promise.all(appended)
  await folder.close()
})
afterAll(() => rmSync(home, { recursive: true }))

async function checked(...slo: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const told = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof told) => ({
    write: (text: string) => {
      told[name] += text
    },
    flush: async () => true,
    isTTY: false,
    columns: 100,
  })
  const world: World = {
    argv: ['check', 'run', ...slo.flatMap((text) => ['--slo', text])],
    env: {},
    cwd: home,
    nodeVersion: 'v0',
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    now: () => new Date(0),
    cpu: () => ({ ownMs: 0, machineMs: null, stolenMs: null }),
    threadCpuMs: () => null,
    onStray: () => () => {},
    onInterrupt: () => () => {},
    exitNow: () => {
      throw new Error('nobody asked to exit')
    },
  }
  return { exitCode: await main(world), ...told }
}

describe('an objective of check', () => {
  test.each(['p(95) < 1s', 'p(95) of landing < 1s in doors', 'p(95) of built-later < 1s', 'p(95) of never-reached < 1s'])(
    '%j is judged',
    async (text) => {
      const { exitCode, stdout, stderr } = await checked(text)
      expect([stdout.includes(text), stderr]).toEqual([true, ''])
      expect([0, 95, 96]).toContain(exitCode)
    },
  )

  test('that names a phase or step which the run did not have is refused with the known ones, before anything is printed', async () => {
    expect(await checked('p(95) of chekout < 1s in door', 'errors < 1% in before')).toEqual({
      exitCode: 104,
      stdout: '',
      stderr: [
        `PLAN_INVALID --slo: expected one of the run's phases "doors", received "door"`,
        `PLAN_INVALID --slo: expected one of the steps "landing", "built-later" or "never-reached", or the device "mobile", received "chekout"`,
        `PLAN_INVALID --slo: expected one of the run's phases "doors", received "before"\n`,
      ].join('\n'),
    })
  })

  test('that names a device of the run is read as that', async () => {
    const { stdout } = await checked('p(95) of mobile < 1s', 'p(95) of class buyer < 1s', 'finished > 10%')
    expect(stdout).toMatch(/met(?:, but within noise)? +p\(95\) of device mobile < 1s/)
    // The only class is everybody.
    expect(stdout).toMatch(/met(?:, but within noise)? +p\(95\) < 1s/)
    expect(stdout).toMatch(/met(?:, but within noise)? +finished > 10%/)
  })

  test('that cannot be read is told with all others that cannot', async () => {
    const { exitCode, stderr } = await checked('p(95)', 'p(95) < 1s', 'errors of')
    expect([exitCode, stderr.trim().split('\n').length]).toEqual([104, 2])
  })
})

test('a folder whose plan.json lacks something is the user’s to mend, not a defect of ours', async () => {
  rmSync(join(home, 'run', 'plan.json'))
  writeFileSync(join(home, 'run', 'plan.json'), JSON.stringify({ ...start, planned: null }))
  const { exitCode, stderr } = await checked()
  expect(exitCode).toBe(104)
  expect(stderr).toContain('plan.json, planned: expected an object, received null')
})
