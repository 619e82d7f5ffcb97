// Run folders that somebody damaged or wrote by hand: they are read as far as they go, or refused by name, and never end as a defect of ours.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RunFolderError, readRun } from '../src/read-run.ts'
import { Recorder } from '../src/recorder.ts'
import { RunFolder } from '../src/run-folder.ts'
import { Tally } from '../src/tally.ts'
import { end, start, tell } from './support/story.ts'

const home = mkdtempSync(join(tmpdir(), 'doorbuster-'))
const path = join(home, 'run')
const names = ['plan.json', 'timeline.jsonl', 'latency.hlog', 'events.jsonl'] as const
type Name = (typeof names)[number]
let whole: Readonly<Record<Name, string>>

beforeAll(async () => {
  const folder = RunFolder.create(path, start)
  const appended: Promise<void>[] = []
  tell(new Recorder((window, release) => appended.push(folder.append(window, async () => {}).then(release))))
  folder.note({ atMs: 3_000, kind: 'stop', text: 'done', end })
  await Promise.all(appended)
  await folder.close()
  const textOf = (name: Name): string => readFileSync(join(path, name), 'utf8')
  whole = {
    'plan.json': textOf('plan.json'),
    'timeline.jsonl': textOf('timeline.jsonl'),
    'latency.hlog': textOf('latency.hlog'),
    'events.jsonl': textOf('events.jsonl'),
  }
})
beforeEach(() => {
  for (const name of names) {
    rmSync(join(path, name), { recursive: true, force: true })
    writeFileSync(join(path, name), whole[name])
  }
})
afterAll(() => rmSync(home, { recursive: true }))

function damage(name: Name, change: (text: string) => string): void {
  const text = change(whole[name])
  expect(text).not.toBe(whole[name])
  writeFileSync(join(path, name), text)
}

function windowsRead(): number {
  const tally = new Tally()
  const run = readRun(path)
  const windows = run.eachWindow((window) => tally.add(window))
  tally.facts(run.start, run.end ?? end)
  return windows
}

/** The timeline with its second line changed. */
function withSecond(change: (window: Record<string, unknown>) => unknown): (text: string) => string {
  return (text) => {
    const lines = text.split('\n')
    lines[1] = JSON.stringify(change(JSON.parse(lines[1] ?? '') as Record<string, unknown>))
    return lines.join('\n')
  }
}

describe('a line of the timeline that is no window ends the reading, and what came before counts', () => {
  test('the folder as it was has three', () => expect(windowsRead()).toBe(3))

  test.each<[string, (text: string) => string]>([
    ['is no JSON', (text) => text.replace('"index":1', '"index":')],
    ['is JSON of something else', withSecond(() => null)],
    ['lacks its cells', withSecond(({ cells: _, ...rest }) => rest)],
    ['lacks its shoppers', withSecond(({ shoppers: _, ...rest }) => rest)],
    ['counts checks with a text', withSecond((window) => ({ ...window, checks: { fast: { passed: '1', failed: 0 } } }))],
    ['has a cell of null', withSecond((window) => ({ ...window, cells: [null] }))],
    ['has a cell without causes', withSecond((window) => ({ ...window, cells: [{ step: 'x', phase: null }] }))],
    ['begins at infinity', (text) => text.replace('"startMs":1000', '"startMs":1e999')],
    ['has three moments', withSecond((window) => ({ ...window, lateness: [1, 2, 3] }))],
  ])('%s', (_, change) => {
    damage('timeline.jsonl', change)
    expect(windowsRead()).toBe(1)
  })
})

describe('a histogram that cannot be decoded ends the reading before its window', () => {
  const payloads = /^(Tag=landing\.service,.*,)([^,\n]+)$/m

  test.each<[string, (payload: string) => string]>([
    ['nothing', () => ''],
    ['no base64', () => '!!!'],
    ['half of it', (payload) => payload.slice(0, payload.length / 2)],
    ['bytes of something else', () => Buffer.from('not a histogram').toString('base64')],
    ['the right head and a wrong body', (payload) => payload.slice(0, 12) + payload.slice(12).split('').reverse().join('')],
  ])('%s', (_, payloadOf) => {
    damage('latency.hlog', (text) => text.replace(payloads, (_line, head: string, payload: string) => head + payloadOf(payload)))
    expect(windowsRead()).toBe(0)
  })
})

describe('a plan.json that lacks something is refused with its name', () => {
  const told = (): string => {
    try {
      readRun(path)
      return ''
    } catch (error) {
      if (!(error instanceof RunFolderError)) throw error
      return error.message.replace(`${path}/`, '')
    }
  }
  const withStart = (change: (start: Record<string, unknown>) => unknown) => (text: string) =>
    JSON.stringify(change(JSON.parse(text) as Record<string, unknown>))

  test.each(Object.keys(start).filter((key) => key !== 'schema'))('%s', (key) => {
    damage(
      'plan.json',
      withStart((whole) => Object.fromEntries(Object.entries(whole).filter(([each]) => each !== key))),
    )
    expect(told()).toMatch(new RegExp(`^plan\\.json, ${key}: expected .*, received nothing$`))
  })

  test.each<[string, (text: string) => string, string]>([
    ['torn', (text) => text.slice(0, 30), 'plan.json: expected JSON, received 30 characters that are none'],
    ['null', () => 'null', 'plan.json: expected an object, received null'],
    [
      'with a phase of null',
      withStart((whole) => ({ ...whole, phases: [null] })),
      'plan.json, phases[0]: expected an object, received null',
    ],
    [
      'with buckets of no length',
      withStart((whole) => ({ ...whole, planned: { everyMs: 0, arrivals: [] } })),
      'plan.json, planned.everyMs: expected a number above zero, received 0',
    ],
    [
      'that started at no moment',
      withStart((whole) => ({ ...whole, startedAt: 'soon' })),
      'plan.json, startedAt: expected a moment such as "2026-11-20T08:00:00.000Z", received "soon"',
    ],
    [
      'with objectives of another form',
      withStart((whole) => ({ ...whole, plan: { objectives: ['p(95) < 5'] } })),
      'plan.json, plan.objectives[0]: expected an object, received "p(95) < 5"',
    ],
    [
      'calibrated for something else',
      withStart((whole) => ({
        ...whole,
        calibration: { startedAt: '2026-11-20T08:00:00.000Z', cleanPerSec: 1, kind: 'sockets', peakRatio: 1 },
      })),
      'plan.json, calibration.kind: expected "urls" or "journeys", received "sockets"',
    ],
    [
      'with everything under __proto__',
      (text) => `{"__proto__":${text}}`,
      'plan.json, schema: expected "doorbuster/run@1", received nothing',
    ],
  ])('%s', (_, change, message) => {
    damage('plan.json', change)
    expect(told()).toBe(message)
  })
})

test('lines that are no events are left out', () => {
  const lines = [
    'null',
    '5',
    '"stop"',
    '{"kind":"stop"}',
    '{"kind":"toString","atMs":1,"text":""}',
    '{"kind":"stop","atMs":1,"text":"","end":{}}',
  ]
  damage('events.jsonl', (text) => `${text}${lines.join('\n')}\n`)
  const run = readRun(path)
  expect([run.events.length, run.end]).toEqual([1, end])
})

test('a folder in place of a file holds no lines', () => {
  for (const name of ['timeline.jsonl', 'events.jsonl'] as const) {
    rmSync(join(path, name))
    mkdirSync(join(path, name))
  }
  expect([windowsRead(), readRun(path).end]).toEqual([0, null])
})
