import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barsPath, linePath } from '../../src/html/path.ts'
import { placesOf } from '../support/path-reader.ts'

const px = fc.double({ min: -2_000, max: 2_000, noNaN: true })
const places = fc.array(fc.option(fc.tuple(px, px)), { maxLength: 60 })

describe('a line', () => {
  test('passes all its places within a tenth of a pixel, however many came before, and lifts at each gap', () => {
    fc.assert(
      fc.property(places, (wanted) => {
        const pieces: (readonly [number, number])[][] = [[]]
        for (const place of wanted) {
          if (place === null) pieces.push([])
          else pieces.at(-1)?.push(place)
        }
        const drawn = placesOf(linePath(wanted))
        const expected = pieces.filter((piece) => piece.length > 0)
        expect(drawn.length).toBe(expected.length)
        expected.forEach((piece, i) => {
          // A lone place is a line of no length, which a round cap makes a dot.
          const outline = piece.length === 1 ? drawn[i]?.slice(0, 1) : drawn[i]
          expect(outline?.length).toBe(piece.length)
          piece.forEach(([x, y], at) => {
            expect(Math.abs((outline?.[at]?.[0] ?? Number.NaN) - x)).toBeLessThan(0.0501)
            expect(Math.abs((outline?.[at]?.[1] ?? Number.NaN) - y)).toBeLessThan(0.0501)
          })
        })
      }),
    )
  })

  test('takes few bytes: 0.5 is .5, and a minus parts as well as a space', () => {
    expect(
      linePath([
        [10, 20],
        [10.5, 19.5],
        [12.5, 30],
      ]),
    ).toBe('M10 20l.5-.5l2 10.5')
  })

  test('of one place between two gaps is a dot', () => expect(linePath([null, [3, 4], null])).toBe('M3 4h0'))
})

describe('bars', () => {
  test('that touch are one outline from the foot and back to it, those apart are two, and flat ones none', () => {
    const bars = [
      { from: 0, to: 10, y: 40 },
      { from: 10, to: 20, y: 40 },
      { from: 20, to: 30, y: 10 },
      { from: 30, to: 40, y: null },
      { from: 40, to: 50, y: 99 },
      { from: 50, to: 60, y: 100 },
    ]
    expect(barsPath(bars, 100)).toBe('M0 100v-60h20v-30h10v90H0zM40 100v-1h10v1H40z')
  })

  test('cover the area that is theirs', () => {
    const bars = fc.array(fc.option(fc.integer({ min: 0, max: 1_000 })), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(bars, (tops) => {
        const path = barsPath(
          tops.map((top, i) => ({ from: i * 3, to: i * 3 + 3, y: top === null ? null : top / 10 })),
          100,
        )
        const area = placesOf(path).reduce((sum, outline) => sum + areaOf(outline), 0)
        const expected = tops.reduce<number>((sum, top) => sum + (top === null ? 0 : 3 * (100 - top / 10)), 0)
        expect(area).toBeCloseTo(expected, 6)
      }),
    )
  })
})

/** Shoelace, for outlines that run clockwise on a screen. */
function areaOf(outline: readonly (readonly [number, number])[]): number {
  return (
    outline.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = outline[(i + 1) % outline.length] ?? [0, 0]
      return sum + x * nextY - nextX * y
    }, 0) / 2
  )
}
