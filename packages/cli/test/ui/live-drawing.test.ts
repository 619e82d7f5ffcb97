import type { RunStart, TimelineRow } from '@doorbuster/measurements'
import { noShoppers } from '@doorbuster/measurements'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveDrawing } from '../../src/ui/live-drawing.ts'

const start = {
  name: 'told',
  model: 'closed',
  phases: [],
  lastingMs: 60_000,
  planned: { everyMs: 1_000, arrivals: [] },
} as Partial<RunStart>
const orders = { port: 0, token: 'x', start: start as RunStart, objectives: [] }
const nothing = { due: 0, sent: 0, ok: 0, degraded: 0, failed: 0, dropped: 0, inFlight: 0 }
const noTimes = { p50: null, p95: null, p99: null, max: null, latenessP99: null }
const row = (second: number): TimelineRow => ({ startMs: second * 1e3, lastingMs: 1_000, ...nothing, ...noTimes })

let hasReaders: boolean
let shown: string[]
let drawing: LiveDrawing

beforeEach(() => {
  vi.useFakeTimers()
  hasReaders = true
  shown = []
  drawing = new LiveDrawing(
    orders,
    {
      liveFrame: () => '',
      liveParts: ({ timeline }, _state, notes) => ({
        now: `${timeline.length} rows, ${notes.length} notes`,
        breaches: '',
        charts: '',
        failures: '',
      }),
    },
    {
      get hasReaders() {
        return hasReaders
      },
      show: ({ now = '' }) => {
        shown.push(now)
      },
    },
  )
})
afterEach(() => {
  drawing.end()
  vi.useRealTimers()
})

test('however much comes, it is drawn once a second, and the last of it is', () => {
  for (let second = 0; second < 5; second++) drawing.window([row(second), {}, noShoppers(), []])
  expect(shown).toEqual(['1 rows, 0 notes'])
  vi.advanceTimersByTime(1_000)
  expect(shown).toEqual(['1 rows, 0 notes', '5 rows, 0 notes'])
  vi.advanceTimersByTime(10_000)
  expect(shown).toHaveLength(2)
})

test('nothing is drawn while nobody looks, and all of it for whoever comes', () => {
  hasReaders = false
  drawing.window([row(0), {}, noShoppers(), []])
  drawing.note('a warning')
  drawing.window([row(1), {}, noShoppers(), []])
  expect(shown).toEqual([])
  hasReaders = true
  drawing.wanted()
  expect(shown).toEqual(['2 rows, 1 notes'])
})
