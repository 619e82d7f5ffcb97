import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jtlForm } from '../src/jtl.ts'
import { windowForms } from '../src/window-forms.ts'
import { hostileTexts } from './support/hostile.ts'
import type { SampleCell } from './support/sample-window.ts'
import { sampleCell, sampleWindow } from './support/sample-window.ts'

type Line = Readonly<Record<string, string>>
const zeroMs = 1_700_000_000_000
const rowsOf = (index: number, cell: SampleCell): readonly Line[] => {
  const { head, window } = jtlForm(zeroMs)
  return parse(head + [...window(sampleWindow(index, [sampleCell(cell)]))].join(''), { columns: true }) as Line[]
}

test('there are as many rows as requests, and each time is there as often as it was measured', () => {
  const times = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 30 })
  fc.assert(
    fc.property(times, times, fc.nat(5), (okMs, failedMs, dropped) => {
      const causes = { timeout: failedMs.length, 'dropped:ours-sockets': dropped }
      const rows = rowsOf(0, { okMs, failedMs, causes, dropped })
      const elapsed = (success: string, code: RegExp) =>
        rows.filter((row) => row.success === success && code.test(row.responseCode ?? '')).map((row) => Number(row.elapsed))
      const inOrder = (all: readonly number[]) => all.toSorted((a, b) => a - b)
      // A value of 2,000 ms lies in a bucket that is 1.024 ms wide.
      const near = (found: readonly number[], exact: readonly number[]) => {
        expect(found.length).toBe(exact.length)
        for (const [at, ms] of inOrder(exact).entries()) expect(Math.abs((inOrder(found)[at] ?? 0) - ms)).toBeLessThanOrEqual(1)
      }
      near(elapsed('true', /^200$/), okMs)
      near(elapsed('false', /timeout/), failedMs)
      near(
        elapsed('false', /dropped/),
        Array.from({ length: dropped }, () => 0),
      )
    }),
    { numRuns: 40 },
  )
})

test('every request ends within its window', () => {
  const rows = rowsOf(3, { okMs: [5, 40, 900, 2_500] })
  for (const { timeStamp, elapsed } of rows) {
    const endMs = Number(timeStamp) + Number(elapsed) - zeroMs
    expect(endMs).toBeGreaterThanOrEqual(3_000)
    expect(endMs).toBeLessThanOrEqual(4_000)
  }
})

test('a status is a response code, any other cause is written as JMeter writes what is none', () => {
  const codes = rowsOf(0, { failedMs: [1, 2], causes: { 'status:503': 1, reset: 1 } }).map(({ responseCode }) => responseCode)
  expect(codes).toEqual(['503', 'Non HTTP response code: reset'])
})

test.each(hostileTexts)('a step named %j stays in its cell', (step) => {
  expect(rowsOf(0, { step, okMs: [1] }).map(({ label }) => label)).toEqual([step.toWellFormed()])
})

test('in CSV a name that starts like a formula is a text', () => {
  const { head, window } = windowForms.csv
  const [row] = parse(head + [...window(sampleWindow(2, [sampleCell({ step: '=HYPERLINK("x")', okMs: [4] })]))].join(''), {
    columns: true,
  }) as Line[]
  expect(row).toMatchObject({ startMs: '2000', phase: 'doors', step: '\'=HYPERLINK("x")', ok: '1', responseP95Ms: '4', failedP50Ms: '' })
})

test.each(['=cmd', '+1', '-1', '@SUM(1)', '\ta', '\na'])('in a JTL a step or cause named %j is a text to a spreadsheet', (name) => {
  const [row] = rowsOf(0, { step: name, failedMs: [1], causes: { [name]: 1 } })
  expect(row).toMatchObject({ label: `'${name}`, responseMessage: `'${name}`, failureMessage: `'${name}` })
})
