// A run folder as the real writer makes it, of a run that nobody ran: every answer takes so long, give or take a tenth.

import type { RunStart } from '../../packages/measurements/src/index.ts'
import { Recorder, RunFolder } from '../../packages/measurements/src/index.ts'

export type WrittenRun = {
  readonly startedAt?: string
  readonly answerMs: number
  readonly seconds?: number
  readonly perSec?: number
  readonly lateMs?: number
  readonly isCutOff?: boolean
  readonly start?: Partial<RunStart>
}

export async function writeRun(path: string, written: WrittenRun): Promise<void> {
  const { answerMs, seconds = 30, perSec = 20, lateMs = 0.1, isCutOff = false } = written
  const folder = RunFolder.create(path, startOf(written))
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => {
    appended.push(folder.append(window, () => Promise.resolve()))
    void appended.at(-1)?.then(release)
  })
  const slot = recorder.slot('doors', 'product')
  for (let i = 0; i < seconds * perSec; i++) {
    recorder.advance((i * 1e3) / perSec)
    // The recorder has two banks: the second before is written before the next one ends.
    await Promise.all(appended.splice(0))
    recorder.shoppers.due++
    recorder.shoppers.started++
    recorder.shoppers.finished++
    recorder.due(slot)
    recorder.sent(slot, lateMs)
    const tookMs = answerMs * (0.9 + (0.2 * ((i * 7) % 10)) / 10)
    recorder.landed(slot, 500, 100)
    recorder.answered(slot, false, tookMs, tookMs)
  }
  recorder.finish(seconds * 1e3)
  await Promise.all(appended)
  const end = { finished: true, stoppedBy: 'end', durationMs: seconds * 1e3, cpuSeconds: 1 } as const
  if (!isCutOff) folder.note({ atMs: seconds * 1e3, kind: 'stop', text: 'stopped by end', end })
  await folder.close()
}

function startOf({ startedAt = '2026-11-10T08:00:00.000Z', seconds = 30, perSec = 20, start }: WrittenRun): RunStart {
  const lastingMs = seconds * 1e3
  return {
    schema: 'doorbuster/run@1',
    name: 'spring-drop',
    target: 'http://127.0.0.1:4000',
    plan: { name: 'spring-drop', target: 'http://127.0.0.1:4000' },
    planHash: 'abcdef0123456789',
    seed: 1,
    arrivalsHash: null,
    shape: `doors: hold ${perSec}/s for ${seconds}s`,
    model: 'open',
    startedAt,
    phases: [{ name: 'doors', startMs: 0, lastingMs, arrivals: seconds * perSec }],
    peak: { startMs: 0, lastingMs, perSec },
    lastingMs,
    arrivals: seconds * perSec,
    planned: { everyMs: 1_000, arrivals: Array.from({ length: seconds }, () => perSec) },
    ceiling: { sockets: 1_000, shoppers: 1_000 },
    transport: 'http/1.1',
    threads: 1,
    versions: { doorbuster: '0.1.0', node: 'v26.0.0' },
    machine: { cpu: 'none', cores: 2, memoryBytes: 1e9, os: 'none' },
    ...start,
  }
}
