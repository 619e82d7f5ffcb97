// When a run with an appointment starts, and the wait until then, in a world whose clock the test moves.
import { launch } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { silentWorld } from '../../../test/support/silent-world.ts'
import { appointmentAt, keptAppointment } from '../src/appointment.ts'
import type { Sink, World } from '../src/world.ts'

const now = new Date('2026-11-27T07:00:00Z')
const plan = (traffic: string) => launch({ name: 'x', target: 'http://127.0.0.1/', traffic })
const withDoors = plan('countdown: hold 1/s for 1m; doors: hold 5/s for 10s')
const inMs = (text: string, of = withDoors): readonly number[] => {
  const { openMs, zeroMs } = appointmentAt(text, of, now)
  return [openMs - now.getTime(), zeroMs - now.getTime()]
}

test('the doors open at the moment named, and the run starts as much earlier as its countdown lasts', () => {
  expect(inMs('2026-11-27T18:05:00+11:00')).toEqual([300_000, 240_000])
  expect(inMs('+65s')).toEqual([65_000, 5_000])
})

test('a plan without doors starts at the moment named', () => expect(inMs('+10s', plan('hold 1/s for 1m'))).toEqual([10_000, 10_000]))

test.each([
  ['+64s', '"+64s", 64s from now'],
  ['2026-11-27T07:00:00+01:00', '"2026-11-27T07:00:00+01:00", 1h ago'],
])('%s is too soon for a minute of countdown, and the message says what would not be', (text, received) => {
  expect(() => appointmentAt(text, withDoors, now)).toThrow(
    `USAGE_INVALID --at: expected a moment at least 65s from now (1m of traffic before the doors open, and 5s to get ready), received ${received}`,
  )
})

test('what is no moment is a mistake of the flag', () => {
  expect(() => appointmentAt('tomorrow', withDoors, now)).toThrow(
    /^USAGE_INVALID --at: expected a moment to come: .*, received "tomorrow"$/,
  )
})

type Waiting = { readonly world: World; readonly written: string[]; readonly leave: () => void }

/** Each look at the clock moves it on by `stepMs`. */
function waiting({ isTTY = false, stepMs = 20_000 } = {}): Waiting {
  const written: string[] = []
  let nowMs = now.getTime() - stepMs
  let leave = (): void => {}
  const stderr: Sink = { write: (text) => written.push(text), flush: () => Promise.resolve(true), isTTY, columns: 80 }
  const world: World = {
    ...silentWorld(),
    stderr,
    now: () => {
      nowMs += stepMs
      return new Date(nowMs)
    },
    onInterrupt: (handler) => {
      leave = handler
      return () => {}
    },
  }
  return { world, written, leave: () => leave() }
}

const at = (text: string) => appointmentAt(text, plan('hold 1/s for 1m'), now)

test('on a terminal one line counts down and is gone at the end', async () => {
  const { world, written } = waiting({ isTTY: true })
  expect(await keptAppointment(world, at('+2m'), false)).toBe(true)
  expect(written[0]).toMatch(/^\r\S+Waiting 00:01:\d\d for the doors to open at 2026-11-27T07:02:00.000Z\. Ctrl-C to leave\.$/)
  expect(written.length).toBeGreaterThan(2)
  expect(written.at(-1)).toMatch(/^\r\S+$/)
})

test('a log gets one line, and who asked for quiet gets none', async () => {
  const log = waiting()
  await keptAppointment(log.world, at('+2m'), false)
  const quiet = waiting({ isTTY: true })
  await keptAppointment(quiet.world, at('+2m'), true)
  expect([log.written.length, quiet.written.length]).toEqual([1, 0])
})

test('Ctrl-C ends the wait', async () => {
  const { world, leave } = waiting({ stepMs: 0 })
  const kept = keptAppointment(world, at('+2h'), true)
  leave()
  expect(await kept).toBe(false)
})
