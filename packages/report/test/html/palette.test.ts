import { describe, expect, test } from 'vitest'
import type { Ink, InkName } from '../../src/html/palette.ts'
import { palette } from '../../src/html/palette.ts'

const names = Object.keys(palette) as InkName[]
const words: readonly InkName[] = ['text', 'quiet', 'degraded', 'failed', 'limit', 'go', 'noGo', 'inconclusive', 'invalid']
const lines: readonly InkName[] = [
  ...['sent', 'ok', 'p99', 'lateness', 'max', 'turnedAway', 'dropped', 'failedFill', 'bandP95', 'bandP50'],
  ...['curve1', 'curve2', 'curve3', 'curve4'],
] as InkName[]
/** Drawn in one picture, so to be told apart by everybody; the number is the least difference in CIE Lab. */
const together: readonly (readonly [least: number, inks: readonly InkName[]])[] = [
  [25, ['okFill', 'degradedFill', 'failedFill', 'dropped']],
  [25, ['ok', 'degradedFill', 'turnedAwayFill', 'failedFill', 'dropped']],
  [15, ['bandMax', 'bandP99', 'bandP95', 'bandP50']],
  // Lines have names and dashes as well.
  [15, ['sent', 'curve1', 'curve2', 'curve3', 'curve4']],
  [12, ['heat1', 'heat2', 'heat3', 'heat4', 'heat5', 'heat6']],
]

/** How dichromats see, by Machado, Oliveira and Fernandes (2009), https://doi.org/10.1109/TVCG.2009.113, severity 1; rows of linear red, green and blue. */
const sights: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  everybody: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopes: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopes: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopes: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Contrast by WCAG 2: (lighter + 0.05) ÷ (darker + 0.05) of relative luminance. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = linear(hex)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
}

function seen(hex: string, sight: readonly (readonly number[])[]): readonly number[] {
  const rgb = linear(hex)
  return sight.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, i) => sum + part * (rgb[i] ?? 0), 0),
      ),
    ),
  )
}

/** CIE 1976 L*a*b* of linear red, green and blue under D65. */
function lab([red = 0, green = 0, blue = 0]: readonly number[]): readonly number[] {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue)
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function difference(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, i) => value - (other[i] ?? 0)))
}

test('no two light colours are equal, for the dark ones are found by them', () => {
  expect(new Set(names.map((name) => palette[name].light)).size).toBe(names.length)
})

describe.each(['light', 'dark'] as const satisfies readonly (keyof Ink)[])('on %s paper', (mode) => {
  test.each(words)('%s can be read, on the page and on a panel', (name) => {
    expect(contrast(palette[name][mode], palette.paper[mode])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette[name][mode], palette.panel[mode])).toBeGreaterThanOrEqual(4.5)
  })
  test.each(lines)('the line %s can be seen', (name) =>
    expect(contrast(palette[name][mode], palette.paper[mode])).toBeGreaterThanOrEqual(3),
  )
  test.each(Object.entries(sights))('inks of one picture are told apart by %s', (_, sight) => {
    for (const [least, inks] of together) {
      const pairs = inks.flatMap((one, i) => inks.slice(i + 1).map((other) => [one, other] as const))
      const close = pairs.filter(
        ([one, other]) => difference(lab(seen(palette[one][mode], sight)), lab(seen(palette[other][mode], sight))) < least,
      )
      expect(close).toEqual([])
    }
  })

  test('shades of the heat map and of the bands lead from the paper away, step by step', () => {
    for (const inks of [
      ['heat1', 'heat2', 'heat3', 'heat4', 'heat5', 'heat6'],
      ['bandMax', 'bandP99', 'bandP95', 'bandP50'],
    ] as const) {
      const contrasts = inks.map((ink) => contrast(palette[ink][mode], palette.paper[mode]))
      contrasts.forEach((one, i) => {
        expect(one).toBeGreaterThan(1.15 * (contrasts[i - 1] ?? 1))
      })
    }
  })
})
