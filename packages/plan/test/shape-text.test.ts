import fc from 'fast-check'
import { expect, test } from 'vitest'
import { preset } from '../src/presets.ts'
import { PlanError } from '../src/problems.ts'
import { countdown, stairs } from '../src/recipes.ts'
import { formatShape } from '../src/shape-format.ts'
import { parseShape } from '../src/shape-text.ts'
import { hold, ramp } from '../src/stages.ts'

function mistakes(text: string): readonly string[] {
  try {
    parseShape(text)
  } catch (error) {
    if (error instanceof PlanError && error.code === 'SHAPE_INVALID') {
      return error.problems.map(({ path, expected, received }) => `${path}: ${expected} | ${received}`)
    }
    throw error
  }
  return []
}

const oneStage = (text: string) => formatShape(parseShape(text).slice(-1))

test('comments, blank lines and stray separators are no stages', () => {
  const text = '\n# the plan\nbaseline: hold 20/s for 1m;; # quiet\r\n\n  ramp to 80/s over 30s ;\n#end'
  expect(parseShape(text)).toEqual([hold('20/s', '1m', { phase: 'baseline' }), ramp('20/s', '80/s', '30s')])
})

test('a ramp without "from" begins where the stage before ended', () => {
  expect(oneStage('ramp to 5/s over 1s')).toContain('from 0/s')
  expect(oneStage('hold 7/s for 1s; ramp to 5/s over 1s')).toContain('from 7/s')
  expect(oneStage('ramp to 8/s over 1s; burst 100; ramp to 5/s over 1s')).toContain('from 8/s')
  expect(oneStage('burst 100 over 2s; ramp to 5/s over 1s')).toContain('from 50/s')
  expect(oneStage('hold 7/s for 1s; silence for 1s; ramp to 5/s over 1s')).toContain('from 0/s')
  expect(oneStage('curve [0s 1/s, 2s 9/s]; decay to 5/s over 1s')).toContain('from 9/s')
  expect(oneStage('overlay { hold 3/s for 2s | hold 4/s for 2s | hold 9/s for 1s }; countdown to 8/s over 1s')).toContain('to 8/s')
  expect(
    formatShape(parseShape('overlay { hold 3/s for 2s | hold 4/s for 2s | hold 9/s for 1s }; ramp to 8/s over 1s').slice(1)),
  ).toContain('from 7/s')
})

test('a rush ends at the rate its cut law has there', () => {
  // Exponential, cut at two means: 1000 · e⁻² / (1 − e⁻²) arrivals a mean of 1 s.
  const [, after] = parseShape('rush 1000 exponential mean 1s for 2s; ramp to 0/s over 1s')
  expect(after).toMatchObject({ kind: 'ramp', fromPerSec: expect.closeTo((1000 * Math.exp(-2)) / (1 - Math.exp(-2)), 9) })
})

test('recipes expand where they stand', () => {
  expect(parseShape('knee: stairs from 10/s to 30/s in 3 steps of 5s')).toEqual(
    stairs({ from: 10, to: 30, steps: 3, each: '5s', phase: 'knee' }),
  )
  expect(parseShape('hold 5/s for 1s; countdown to 30/s over 31s').slice(1)).toEqual(countdown({ from: 5, to: 30, lasting: '31s' }))
  expect(parseShape('preset click-frenzy-2012 at 300/s within 90s')).toEqual(preset('click-frenzy-2012', { peak: 300, within: '90s' }))
})

test('a word before a colon is a phase, even when it is a verb', () => {
  expect(parseShape('hold: hold 1/s for 1s')).toEqual([hold(1, 1000, { phase: 'hold' })])
})

test('a mistake names its line, its column, what was expected and what stood there', () => {
  expect(mistakes('hold 20/s for 1m\nramp to 80/s ovr 3s')).toEqual(['line 2, column 14: "over" | "ovr"'])
  expect(mistakes('hodl 5/s for 1s')[0]).toMatch(/^line 1, column 1: a stage \(hold, .*\(did you mean "hold"\?\) \| "hodl"$/)
  expect(mistakes('hold 5/s')).toEqual(['line 1, column 9: "for" | the end of the text'])
  expect(mistakes('hold for 1s; silence')).toEqual([
    'line 1, column 6: a rate that says per what, such as 500/s | "for"',
    'line 1, column 21: "for" | the end of the text',
  ])
  expect(mistakes('\n  # nothing')).toEqual(['line 2, column 12: a stage | the end of the text'])
})

test('all mistakes of a text are told at once, and a good stage between two bad ones is none', () => {
  const text = 'hold 20 for 0s\nhold 5/s for 1s; burst many\n9: hold 1/s for 1s; rush 9 lognormal median 3s sigma 0 for 1s'
  expect(mistakes(text)).toEqual([
    'line 1, column 6: a rate that says per what, such as "500/s", "1200/m" or "5000/h" | "20"',
    'line 1, column 13: a duration above zero | "0s"',
    'line 2, column 24: a count such as 60000 | "many"',
    'line 3, column 1: a name of letters, digits, "-" and "_" that begins with a letter | "9"',
    'line 3, column 54: a number above zero | "0"',
  ])
})

test('a mistake inside an overlay hides neither its neighbours nor the stages after it', () => {
  const text = 'overlay { hold 3/s for x; burst no | a: burst 3 }\nramp to -5/s over 1s\ncurve [0s 1/s, 0s 2/s]'
  expect(mistakes(text)).toEqual([
    'line 1, column 24: a duration such as 90s | "x"',
    'line 1, column 33: a count such as 60000 | "no"',
    'line 1, column 38: no phase inside an overlay: give it to the overlay | "a"',
    'line 2, column 9: a rate that says per what, such as "500/s", "1200/m" or "5000/h" | "-5/s"',
    'line 3, column 16: a time after the point before | "0s"',
  ])
})

test('a mistake is not told a second time by the stage that goes on from it', () => {
  expect(mistakes('hold x for 1s; decay to 5/s over 1s; countdown to 9/s over 1s')).toHaveLength(1)
  expect(mistakes('hold x for 1s; decay to 5/s over 0s')).toHaveLength(2)
})

test('braces, brackets and quotes that do not close are mistakes', () => {
  expect(mistakes('overlay { hold 1/s for 1s')).toEqual(['line 1, column 26: "}" or "|" | the end of the text'])
  expect(mistakes('hold 1/s for 1s }')).toEqual(['line 1, column 17: ";" or the end of the line | "}"'])
  expect(mistakes('overlay { | hold 1/s for 1s }')).toEqual(['line 1, column 11: a stage | "|"'])
  expect(mistakes('curve [0s 1/s')).toEqual(['line 1, column 14: "," or "]" | the end of the text'])
  expect(mistakes('curve "a b')).toEqual(['line 1, column 7: a closing quote before the end of the line | "\\"a b"'])
})

test('what only a file knows has to be said', () => {
  expect(mistakes('curve rates.csv; ramp to 5/s over 1s')).toEqual([
    'line 1, column 23: "from" and a rate, since only its file knows where the curve before this ends | "to"',
  ])
})

test('a preset takes no phase and stands in no overlay, for it brings phases of its own', () => {
  expect(mistakes('x: preset click-frenzy-2012 at 1/s')).toEqual(['line 1, column 1: no phase before a preset, as it brings its own | "x"'])
  expect(mistakes('overlay { preset click-frenzy-2012 at 1/s }')[0]).toContain('line 1, column 18: no preset inside an overlay')
  expect(mistakes('preset click-frenzy at 1/s')[0]).toMatch(/^line 1, column 8: a preset, such as "click-frenzy-2012"/)
})

test('whatever the text, it is a shape or a SHAPE_INVALID that says where', () => {
  const words =
    'hold ramp burst rush curve overlay decay preset from to over for in at { } | [ ] , ; : " # \n 5/s 1s 9 -1 0s a lognormal median x.csv'.split(
      ' ',
    )
  const text = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(' ')),
    fc.string({ unit: 'grapheme' }),
  )
  fc.assert(
    fc.property(text, (given) => {
      for (const mistake of mistakes(given)) expect(mistake).toMatch(/^line \d+, column \d+: /)
    }),
    { numRuns: 300 },
  )
})
