import { describe, expect, test } from 'vitest'
import type { Ink, InkName } from '../../src/html/palette.ts'
import { palette } from '../../src/html/palette.ts'

const names = Object.keys(palette) as InkName[]
const words: readonly InkName[] = ['text', 'quiet', 'degraded', 'failed', 'limit', 'go', 'noGo', 'inconclusive', 'invalid']
const lines: readonly InkName[] = ['planned', 'sent', 'ok', 'p50', 'p95', 'p99', 'lateness']

/** Contrast by WCAG 2: (lighter + 0.05) ÷ (darker + 0.05) of relative luminance. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
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
  test('percentiles differ in lightness, not only in hue', () => {
    expect(contrast(palette.p50[mode], palette.p95[mode])).toBeGreaterThan(1.5)
    expect(contrast(palette.p95[mode], palette.p99[mode])).toBeGreaterThan(1.5)
  })
})
