// A run folder that no run left: a plan file and two seconds of invented answers, written and judged as a run's are. For what reads folders.
import { join } from 'node:path'
import { Recorder, RunFolder } from '@doorbuster/measurements'
import type { TestFolder } from '../../../../test/support/folders.ts'
import { planOfRun } from '../../src/plan-of-run.ts'
import { judgeFolder, writeRenderings } from '../../src/render-folder.ts'
import { describeStart } from '../../src/run-start.ts'

export type RecordedOptions = {
  readonly name?: string
  /** How long every answer took. */
  readonly tookMs?: number
}

/** Two hundred answers; the plan (launch.json beside it) allows 100 ms. Returns the folder's path. */
export async function recordFolder(home: TestFolder, { name = 'run', tookMs = 20 }: RecordedOptions = {}): Promise<string> {
  const plan = { name: 'spring-drop', target: 'http://127.0.0.1:4000', traffic: 'doors: hold 100/s for 2s', objectives: ['p(50) < 100ms'] }
  home.write('launch.json', JSON.stringify({ ...plan, shoppers: [{ name: 'buyer', steps: [{ step: 'landing', get: '/' }] }] }))
  const start = describeStart(await planOfRun('launch.json', { slo: [], header: [] }, home.path), {
    startedAt: new Date('2026-11-20T08:00:00.000Z'),
    runId: 'run-1',
    ceiling: { sockets: 100, shoppers: 100 },
    transport: 'none',
    threads: 1,
    nodeVersion: 'v0',
  })
  const path = join(home.path, name)
  const folder = RunFolder.create(path, start)
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => appended.push(folder.append(window, async () => {}).then(release)))
  const slot = recorder.slot('doors', 'landing')
  for (let nth = 0; nth < 200; nth++) {
    recorder.advance(nth * 10)
    recorder.due(slot)
    recorder.sent(slot, 0)
    recorder.landed(slot, 1, 1)
    recorder.answered(slot, false, tookMs, tookMs)
  }
  Object.assign(recorder.shoppers, { due: 200, started: 200, finished: 200 })
  recorder.finish(2_000)
  folder.note({ atMs: 2_000, kind: 'stop', text: 'end', end: { finished: true, stoppedBy: 'end', durationMs: 2_000, cpuSeconds: 0 } })
  await Promise.all(appended)
  await folder.close()
  await writeRenderings(path, judgeFolder(path))
  return path
}
