import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HistogramLogReader } from 'hdr-histogram-js'
import { afterEach, expect, test } from 'vitest'
import type { RunFolderError } from '../src/read-run.ts'
import { readRun } from '../src/read-run.ts'
import { Recorder } from '../src/recorder.ts'
import { RunFolder, writeWhole } from '../src/run-folder.ts'
import { Tally } from '../src/tally.ts'
import { end, start, tell, told } from './support/story.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const newPath = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'doorbuster-'))
  folders.push(folder)
  return join(folder, 'run')
}

async function written(): Promise<string> {
  const path = newPath()
  const folder = RunFolder.create(path, start)
  const appended: Promise<void>[] = []
  tell(new Recorder((window, release) => appended.push(folder.append(window, async () => {}).then(release))))
  folder.note({ atMs: 3_000, kind: 'stop', text: 'done', end })
  await Promise.all(appended)
  await folder.close()
  return path
}

function replayed(path: string): { tally: Tally; windows: number } {
  const tally = new Tally()
  const windows = readRun(path).eachWindow((window) => tally.add(window))
  return { tally, windows }
}

test('a folder that is read again gives the facts that the run gave', async () => {
  const path = await written()
  const run = readRun(path)
  expect(run.end).toEqual(end)
  expect(replayed(path).tally.facts(run.start, end)).toEqual(told().facts(start, end))
})

test('causes and checks of any name, such as those that every object inherits, are the same when the folder is read again', async () => {
  const path = newPath()
  const folder = RunFolder.create(path, start)
  const live = new Tally()
  const appended: Promise<void>[] = []
  const recorder = new Recorder((window, release) => {
    live.add(window)
    appended.push(folder.append(window, async () => {}).then(release))
  })
  const names = ['__proto__', 'constructor', 'toString']
  for (const name of names) {
    recorder.failed(recorder.slot(null, 'x'), name, 1)
    recorder.check(name, true)
  }
  recorder.finish(500)
  await Promise.all(appended)
  await folder.close()
  const { failures, checks } = replayed(path).tally.facts(start, end)
  expect(Object.entries(failures)).toEqual(names.map((name) => [name, 1]))
  expect(Object.entries(checks)).toEqual(names.map((name) => [name, { passed: 1, failed: 0 }]))
  expect(JSON.stringify({ failures, checks })).toBe(JSON.stringify({ failures: live.facts(start, end).failures, checks: live.checks }))
})

test('a timeline line that was torn by a crash is left out, and everything before it is read', async () => {
  const path = await written()
  const text = readFileSync(join(path, 'timeline.jsonl'), 'utf8')
  truncateSync(join(path, 'timeline.jsonl'), text.length - 10)
  expect(replayed(path).windows).toBe(2)
})

test('a window whose histograms never reached the disk is left out', async () => {
  const path = await written()
  const text = readFileSync(join(path, 'latency.hlog'), 'utf8')
  truncateSync(join(path, 'latency.hlog'), text.length - 40)
  expect(replayed(path).windows).toBe(1)
})

test('histograms without their timeline line are left out', async () => {
  const path = await written()
  appendFileSync(join(path, 'latency.hlog'), readFileSync(join(path, 'latency.hlog'), 'utf8').split('\n').slice(-3).join('\n'))
  expect(replayed(path).windows).toBe(3)
})

test('a folder of an earlier version, which counted no connections and nothing of its own health, is read as one without', async () => {
  const path = await written()
  for (const [name, change] of [
    ['timeline.jsonl', (text: string) => text.replaceAll(/"(?:connect|handshake|threads)":\[[^\]]*\],|"gcPauseMs":\{[^}]*\},/g, '')],
    ['latency.hlog', (text: string) => text.replaceAll(/^Tag=(?:connect|handshake),.*\n/gm, '')],
  ] as const) {
    const text = readFileSync(join(path, name), 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(join(path, name), change(text))
  }
  const { tally, windows } = replayed(path)
  expect([windows, tally.connect.count, tally.handshake.count, tally.lateness.count]).toEqual([3, 0, 0, 3])
  expect(tally.facts(start, end).generator).toMatchObject({ gcPauseMs: null, threadCpu: { busiestRatio: null, busiestWindowRatio: null } })
})

test('a run without a stop event has no end', async () => {
  const path = await written()
  writeFileSync(join(path, 'events.jsonl'), '')
  expect(readRun(path).end).toBeNull()
})

test('another reader of interval logs opens latency.hlog', async () => {
  const reader = new HistogramLogReader(readFileSync(join(await written(), 'latency.hlog'), 'utf8'))
  const seen: [string, number][] = []
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram())
    seen.push([next.tag, next.totalCount])
  expect(seen).toEqual([
    ['lateness', 2],
    ['connect', 2],
    ['handshake', 1],
    ['landing.response', 1],
    ['landing.service', 1],
    ['lateness', 1],
    ['place%2c%20an%20order.response', 1],
    ['place%2c%20an%20order.service', 1],
    ['place%2c%20an%20order.failed', 1],
    ['degraded:place%2c%20an%20order.response', 1],
  ])
})

test('the timeline says due, sent and outcomes of each second without opening anything else', async () => {
  const lines = readFileSync(join(await written(), 'timeline.jsonl'), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(rows.map(({ due, sent, ok, degraded, failed, dropped }) => [due, sent, ok, degraded, failed, dropped])).toEqual([
    [2, 2, 1, 0, 0, 0],
    [1, 1, 0, 1, 1, 0],
    [1, 0, 0, 0, 0, 1],
  ])
})

test('a folder that already holds a run is refused', () => {
  const path = newPath()
  RunFolder.create(path, start)
  expect(() => RunFolder.create(path, start)).toThrow('EEXIST')
})

test('a folder without a run says what is missing', () => {
  expect(() => readRun(newPath())).toThrow(/expected a run folder with a plan\.json in it, received ENOENT/)
})

test('a plan.json of another schema is refused by name', async () => {
  const path = await written()
  writeFileSync(join(path, 'plan.json'), '{"schema":"doorbuster/run@99"}')
  expect(() => readRun(path)).toThrow(
    expect.objectContaining({ message: expect.stringContaining('received "doorbuster/run@99"') }) as RunFolderError,
  )
})

test('samples of a failure are capped per cause', async () => {
  const folder = RunFolder.create(newPath(), start)
  const sample = (cause: string) => folder.note({ atMs: 1, kind: 'failure', text: cause, sample: { step: 'x', status: 0, cause } })
  expect(Array.from({ length: 8 }, () => sample('timeout'))).toEqual([true, true, true, true, true, false, false, false])
  expect([folder.wantsSample('timeout'), folder.wantsSample('reset'), sample('reset')]).toEqual([false, true, true])
  await folder.close()
})

test('a rendering is replaced whole', async () => {
  const path = await written()
  writeWhole(path, 'summary.json', '{"a":1}')
  writeWhole(path, 'summary.json', '{"a":2}')
  expect(readFileSync(join(path, 'summary.json'), 'utf8')).toBe('{"a":2}')
})
