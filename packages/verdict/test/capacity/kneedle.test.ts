import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findKnee } from '../../src/capacity/kneedle.ts'
import { studentT95 } from '../../src/capacity/student-t.ts'

/** As much as is offered up to the bend, and no more after it. */
const bent = (xs: readonly number[], bendAt: number) => xs.map((x) => ({ x, y: Math.min(x, bendAt) }))
const tenths = Array.from({ length: 11 }, (_, at) => at / 10)

test('of a line that turns flat it is the bend', () => {
  expect(findKnee(bent([10, 20, 40, 80, 160, 320], 80))).toBe(80)
})

test('of y = −1/(x + 0.1) + 5 between 0 and 1 it is 0.2, as in the paper', () => {
  expect(findKnee(tenths.map((x) => ({ x, y: -1 / (x + 0.1) + 5 })))).toBe(0.2)
})

test('a straight line has none, nor have two points, nor a flat one', () => {
  expect(findKnee(tenths.map((x) => ({ x, y: 3 * x })))).toBeNull()
  expect(
    findKnee([
      { x: 0, y: 0 },
      { x: 1, y: 9 },
    ]),
  ).toBeNull()
  expect(findKnee(tenths.map((x) => ({ x, y: 1 })))).toBeNull()
})

test('scale and place of the axes change nothing', () => {
  const factor = fc.double({ min: 0.01, max: 1e4, noNaN: true })
  fc.assert(
    fc.property(factor, factor, fc.integer({ min: 2, max: 9 }), (scaleX, scaleY, bend) => {
      const points = bent(tenths, bend / 10).map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY + 7 }))
      const knee = findKnee(points)
      // At nine tenths only one step is left to fall in: exactly the threshold, which is not below it.
      if (bend < 9) expect((knee ?? 0) / scaleX).toBeCloseTo(bend / 10, 6)
    }),
  )
})

test('a knee is one of the points, and a higher sensitivity finds no more of them', () => {
  const ys = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 20 })
  fc.assert(
    fc.property(ys, (values) => {
      const points = values.map((y, x) => ({ x, y }))
      const [eager, careful] = [findKnee(points, 1), findKnee(points, 4)]
      if (eager !== null) expect(points.map(({ x }) => x)).toContain(eager)
      if (eager === null) expect(careful).toBeNull()
    }),
  )
})

test("Student's t goes on beyond its table without a step", () => {
  expect(studentT95(3)).toBe(3.182)
  expect(studentT95(31)).toBeCloseTo(2.04, 2)
  expect(studentT95(1e6)).toBeCloseTo(1.96, 3)
})
