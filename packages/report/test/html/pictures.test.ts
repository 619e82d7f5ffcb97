// What holds for every picture of a page, whatever it shows.
import type { Gallery } from '@doorbuster/measurements'
import { describe, expect, test } from 'vitest'
import { sampleCapacity } from '../../../../test/support/sample-capacity.ts'
import { renderCapacityHtml } from '../../src/html/capacity-page.ts'
import { renderHtml } from '../../src/html.ts'
import { comparisonPage } from '../../src/plain-page.ts'
import type { Report } from '../../src/report.ts'
import { everyElement, exhibitsOf } from '../support/figures.ts'
import { hostileTexts } from '../support/hostile.ts'
import { placesOf } from '../support/path-reader.ts'
import { sampleComparison } from '../support/sample-comparison.ts'
import { sampleReport } from '../support/sample-report.ts'
import { sampleRun } from '../support/sample-run.ts'
import { everySection } from '../support/sample-whole.ts'

const pictures = [
  'arrivals',
  'outcomes',
  'response',
  'heat',
  'visits',
  'causes',
  'answered',
  'distribution',
  'service',
  'lateness',
  'loop-delay',
]
const report = sampleReport({ seconds: 100 })
const exhibits = exhibitsOf(renderHtml(report))
const ofOtherPages = [renderCapacityHtml(sampleCapacity()), comparisonPage(sampleComparison())].flatMap(exhibitsOf)
const exhibit = (id: string, of: Report = report) => exhibitsOf(renderHtml(of)).find((one) => one.id === id)
const galleryOf = ({ gallery }: Report): Gallery => gallery ?? { stretches: [], curves: [] }
const timed = exhibits.filter(({ titles }) => titles[0] === 'from')

test('a page has all of them, each drawn for a wide and for a narrow screen, with a table behind it', () => {
  expect(exhibits.map(({ id }) => id)).toEqual(pictures)
  for (const { svgs, rows } of exhibits) {
    expect(svgs.map(({ attributes }) => attributes.class)).toEqual(['wide', 'narrow'])
    expect(rows.length).toBeGreaterThan(0)
  }
})

test('without a gallery the page has those that the timeline can fill', () => {
  const { gallery, ...rest } = report
  expect(exhibitsOf(renderHtml(rest)).map(({ id }) => id)).toEqual(['arrivals', 'outcomes', 'response', 'visits', 'lateness'])
})

test('a search for capacity has two, a comparison one', () => {
  expect(ofOtherPages.map(({ id }) => id)).toEqual(['capacity-goodput', 'capacity-p99', 'compared-0'])
})

describe.each([...exhibits, ...ofOtherPages])('$id', ({ svgs, rows, hover, titles }) => {
  test('is named for who cannot see it, and no size in it is negative or no number', () => {
    for (const svg of svgs) {
      expect(svg.attributes).toMatchObject({ role: 'img', 'aria-label': expect.stringMatching(/\S/) })
      const elements = everyElement(svg)
      expect(JSON.stringify(elements)).not.toMatch(/NaN|Infinity|undefined/)
      for (const { attributes } of elements) {
        for (const size of ['width', 'height', 'stroke-width'].map((name) => attributes[name]).filter((value) => value !== undefined)) {
          expect(Number(size)).toBeGreaterThanOrEqual(0)
        }
      }
    }
  })

  test('draws nothing outside its frame', () => {
    for (const svg of svgs) {
      const [, , width = 0, height = 0] = (svg.attributes.viewBox ?? '').split(' ').map(Number)
      for (const { attributes } of everyElement(svg).filter(({ name }) => name === 'path')) {
        for (const [x, y] of placesOf(attributes.d ?? '').flat()) {
          expect(x >= 0 && x <= width && y >= 0 && y <= height, `${x} ${y}`).toBe(true)
        }
      }
    }
  })

  test('shows under the pointer what stands in its table, so that nobody needs the script', () => {
    if (hover.length === 0) return
    const [names, ...places] = hover
    expect(names?.slice(1)).toEqual(titles)
    expect(places.map((place) => place.slice(1))).toEqual(rows)
  })
})

test('places under the pointer lie where the picture has them: second 40 of 100 is 405 thousandths from the left', () => {
  expect(timed.length).toBe(8)
  for (const { hover } of timed) expect(hover[41]?.slice(0, 2)).toEqual(['405', '00:40'])
})

test('a table of a long run joins what the picture shows: its counts are the picture’s', () => {
  const long = exhibit('heat', sampleReport({ seconds: 290 }))
  const count = (rows: readonly (readonly string[])[], at: number): number =>
    rows.reduce((sum, row) => sum + Number(row[at]?.replaceAll(',', '')), 0)
  expect(long?.rows.length).toBeLessThanOrEqual(120)
  expect(count(long?.rows ?? [], 1)).toBe(count(long?.hover.slice(1) ?? [], 2))
  expect(count(long?.rows ?? [], 4)).toBe(count(long?.hover.slice(1) ?? [], 5))
})

describe('the heat map', () => {
  const cellsOf = (svg: string | undefined): number => (svg?.match(/M/g) ?? []).length
  const answers = (count: number): Report => {
    const { stretches, curves } = galleryOf(report)
    const heat = stretches[0]?.heat.map((_, i) => (i === 40 ? count : 0)) ?? []
    return { ...report, gallery: { curves, stretches: stretches.map((one) => ({ ...one, heat, causes: {} })) } }
  }
  const strokes = (of: Report): readonly (string | undefined)[] =>
    everyElement(exhibit('heat', of)?.svgs[0] ?? { name: '', attributes: {}, children: [], text: '' })
      .filter(({ attributes }) => attributes.stroke === '#0a3766')
      .map(({ attributes }) => attributes.d)

  test('joins neighbours of one shade: a hundred equal seconds are one run as wide as the picture', () => {
    const [path] = strokes(answers(50))
    expect(cellsOf(path)).toBe(1)
    expect(path).toMatch(/^M58 [\d.]+H968$/)
  })

  test('has no row of failures where nothing failed, and one where something did', () => {
    expect(JSON.stringify(exhibit('heat', answers(50))?.svgs)).not.toContain('"failed"')
    expect(JSON.stringify(exhibit('heat')?.svgs)).toContain('"failed"')
  })

  test('is left out where nothing was answered', () => expect(exhibit('heat', answers(0))).toBeUndefined())
})

describe('causes', () => {
  const withCauses = (causes: Readonly<Record<string, number>>): Report => {
    const { stretches, curves } = galleryOf(report)
    return { ...report, gallery: { curves, stretches: stretches.map((one) => ({ ...one, causes })) } }
  }

  test('are the six commonest, and all others as one: 8 + 7 + … + 3, and 2 + 1 together', () => {
    const causes = Object.fromEntries([8, 7, 6, 5, 4, 3, 2, 1].map((count) => [`cause ${count}`, count]))
    const { titles, rows } = exhibit('causes', withCauses(causes)) ?? {}
    expect(titles).toEqual(['from', 'cause 8', 'cause 7', 'cause 6', 'cause 5', 'cause 4', 'cause 3', '2 others'])
    expect(rows?.[0]).toEqual(['00:00', '8/s', '7/s', '6/s', '5/s', '4/s', '3/s', '3/s'])
  })

  test('that never happened are no picture', () => expect(exhibit('causes', withCauses({}))).toBeUndefined())

  test.each(hostileTexts)('named %j stay text, in the picture, under the pointer and in the table', (name) => {
    const { svgs = [], hover = [], titles = [] } = exhibit('causes', withCauses({ [name]: 5, timeout: 1 })) ?? {}
    expect(svgs.flatMap(everyElement).filter((one) => !['svg', 'g', 'rect', 'path', 'text'].includes(one.name))).toEqual([])
    expect(titles.length).toBe(3)
    expect(hover.every((fields) => fields.length === 4)).toBe(true)
  })
})

test('who answered is no picture where one answered alone', () => {
  const { stretches, curves } = galleryOf(report)
  const alone = { ...report, gallery: { curves, stretches: stretches.map((one) => ({ ...one, answeredBy: { application: 9 } })) } }
  expect(exhibit('answered', alone)).toBeUndefined()
})

describe('arrivals by the tenth of a second', () => {
  const tenths = { arrivals: [0, 0, 3, 0, 0, 0, 0, 0, 0, 0], due: [0, 0, 9, 0, 0, 0, 0, 0, 0, 1], sent: [0, 0, 0, 9, 0, 0, 0, 0, 0, 1] }
  const withTenths = (seconds: number): Report => {
    const of = sampleReport({ seconds })
    return { ...of, timeline: of.timeline.map((row) => ({ ...row, tenths })) }
  }

  test('are what a short run draws: what was due at 0.2 s was sent at 0.3 s', () => {
    const of = withTenths(12)
    const planned = {
      everyMs: 1_000,
      arrivals: Array.from({ length: 12 }, () => 10),
      tenths: Array.from({ length: 12 }, () => tenths.due).flat(),
    }
    const { rows } = exhibit('arrivals', { ...of, start: { ...of.start, planned } }) ?? {}
    expect(rows?.slice(2, 4)).toEqual([
      ['00:00.2', '90/s', '0/s', '0'],
      ['00:00.3', '0/s', '90/s', '9'],
    ])
  })

  test('are shoppers where a shopper makes many requests: 3 in 100 ms are 30/s', () => {
    const { summary, ...rest } = withTenths(12)
    const journeys = { ...rest, summary: { ...summary, shoppers: { ...summary.shoppers, due: 36 } } }
    expect(
      exhibit('arrivals', journeys)
        ?.rows.slice(2, 4)
        .map((row) => row.slice(2)),
    ).toEqual([
      ['30/s', '3'],
      ['0/s', '0'],
    ])
  })

  test('of a last row within a second end with it: 3 in its last 50 ms are 60/s', () => {
    const of = withTenths(10)
    const last = {
      ...of.timeline[0],
      startMs: 10_000,
      lastingMs: 950,
      tenths: { arrivals: [], due: [], sent: [0, 0, 0, 0, 0, 0, 0, 0, 1, 3] },
    }
    const timeline = [...of.timeline, last] as Report['timeline']
    expect(
      exhibit('arrivals', { ...of, timeline })
        ?.rows.at(-1)
        ?.slice(2),
    ).toEqual(['60/s', '3'])
  })

  test('are drawn close up where a long run rises most, and nowhere else', () => {
    expect(exhibit('arrivals-close', report)).toBeUndefined()
    expect(exhibit('arrivals-close', withTenths(20))).toBeUndefined()
    const long = withTenths(100)
    const steepest = long.timeline.reduce(
      (best, row, i, all) => {
        const rise = row.due - (all[i - 1]?.due ?? row.due)
        return rise > best.rise ? { rise, second: i } : best
      },
      { rise: 0, second: 0 },
    ).second
    const { hover = [] } = exhibit('arrivals-close', long) ?? {}
    expect(hover.length).toBe(1 + 100)
    expect(hover.map(([, moment]) => moment)).toContain(`00:${steepest}`)
  })
})

test('a percentile curve ends where its answers end, and says nothing beyond', () => {
  const { stretches, curves } = galleryOf(report)
  const ending = curves.map((curve) => ({ ...curve, points: curve.points.slice(0, curve.step === 'checkout' ? 3 : 5) }))
  const { titles, rows = [] } = exhibit('distribution', { ...report, gallery: { stretches, curves: ending } }) ?? {}
  expect(titles).toEqual(['percentile', 'all steps', 'landing', 'checkout'])
  expect(rows.map(([percentile]) => percentile)).toEqual(['fastest', 'p50', 'p75', 'p90', 'p95'])
  expect(rows.map((row) => row[3] === '–')).toEqual([false, false, false, true, true])
})

test('an hour at 5,000/s with 20 steps, added up by the real collectors, stays under 600 kB with all its pictures', () => {
  const run = sampleRun({ seconds: 3_600, peakPerSec: 5_000, steps: 20 })
  const page = renderHtml(run)
  expect(exhibitsOf(page).map(({ id }) => id)).toEqual(pictures)
  expect(Buffer.byteLength(page)).toBeLessThan(600_000)
  // So does the same run signed, compared, beside a search for capacity, and with as many of the target's series as are drawn.
  const series = Array.from({ length: 24 }, (_, n) => `series_${n}`)
  expect(Buffer.byteLength(renderHtml(everySection(run, undefined, series)))).toBeLessThan(600_000)
})
