import { describe, expect, test } from 'vitest'
import { textOf } from '../../src/html/markup.ts'
import type { Drawing } from '../../src/html/svg.ts'
import { drawSvg } from '../../src/html/svg.ts'
import { hostileTexts } from '../support/hostile.ts'
import { placesOf } from '../support/path-reader.ts'
import type { Element } from '../support/xml.ts'
import { readXml } from '../support/xml.ts'

const size = { name: 'wide', widthPx: 900, heightPx: 300 } as const
const drawing: Drawing = {
  label: 'a picture',
  lines: [
    {
      ink: 'ok',
      points: [
        [0, 1],
        [5_000, 4],
        [10_000, 2],
      ],
      widthPx: 2,
    },
  ],
  bands: [{ name: 'doors', fromMs: 0, toMs: 10_000 }],
  levels: [{ text: 'p(95) < 500ms', value: 3, fromMs: 0, toMs: 10_000 }],
  lastingMs: 10_000,
  scale: 'linear',
  sayValue: String,
}
const draw = (more: Partial<Drawing> = {}): string => textOf(drawSvg({ ...drawing, ...more }, size, 'traffic'))
const all = (element: Element): readonly Element[] => [element, ...element.children.flatMap(all)]
const texts = (svg: string): readonly string[] =>
  all(readXml(svg))
    .filter((one) => one.name === 'text')
    .map((one) => one.text)

test('the picture is well-formed, scales, and is read aloud by its label', () => {
  const { attributes } = readXml(draw())
  expect(attributes).toMatchObject({ viewBox: '0 0 900 300', role: 'img', 'aria-label': 'a picture' })
  expect(attributes).not.toHaveProperty('width')
})

test('phases and levels are named in the picture', () =>
  expect(texts(draw())).toEqual(expect.arrayContaining(['doors', 'p(95) < 500ms', '00:04'])))

test('the axis reaches up to a level far above the lines', () => {
  const [level] = drawing.levels
  const most = (svg: string): number => Math.max(...texts(svg).map(Number).filter(Number.isFinite))
  expect(most(draw({ levels: level === undefined ? [] : [{ ...level, value: 500 }] }))).toBeGreaterThanOrEqual(500)
  expect(most(draw({ levels: [] }))).toBe(4)
})

describe('hostile names', () => {
  const allowed = new Set(['svg', 'g', 'rect', 'path', 'polygon', 'polyline', 'line', 'circle', 'text', 'defs', 'clipPath'])

  test.each(hostileTexts)('%j stay text', (name) => {
    const svg = draw({
      label: name,
      bands: [{ name, fromMs: 0, toMs: 10_000 }],
      levels: [{ text: name, value: 3, fromMs: 0, toMs: 10_000 }],
    })
    const elements = all(readXml(svg))
    expect(elements.filter((one) => !allowed.has(one.name))).toEqual([])
    expect(elements.flatMap((one) => Object.keys(one.attributes)).filter((key) => key.startsWith('on') || key.includes('href'))).toEqual([])
  })

  test.each(['__proto__', 'constructor', 'toString'])('a phase named %s leaves every object of the process as it was', (name) => {
    const before = [Object.prototype, Object, Object.prototype.toString].map((one) => Object.getOwnPropertyNames(one))
    draw({ bands: [{ name, fromMs: 0, toMs: 10_000 }], levels: [{ text: name, value: 3, fromMs: 0, toMs: 10_000 }] })
    expect([Object.prototype, Object, Object.prototype.toString].map((one) => Object.getOwnPropertyNames(one))).toEqual(before)
  })

  test('are shown, not swallowed', () => expect(texts(draw({ bands: [{ name: '<b>&', fromMs: 0, toMs: 10_000 }] }))).toContain('<b>&'))
})

test('a name too long for its phase is cut, and left out where nothing fits', () => {
  const named = (toMs: number): readonly string[] => texts(draw({ levels: [], bands: [{ name: 'aftershock', fromMs: 0, toMs }] }))
  expect(named(700).some((text) => /^a.*…$/.test(text))).toBe(true)
  expect(named(100).some((text) => text.startsWith('a'))).toBe(false)
})

test('one measured second between two silent ones is a dot', () => {
  const sparse = (second: number | null): number => {
    const lone = {
      ink: 'p99',
      points: [
        [0, null],
        [5_000, second],
        [10_000, null],
      ],
      widthPx: 2,
    } as const
    return all(readXml(draw({ lines: [...drawing.lines, lone] }))).length
  }
  expect(sparse(4)).toBe(sparse(null) + 1)
})

test('a logarithmic scale draws a zero at its foot instead of losing the line', () => {
  const svg = draw({
    scale: 'log',
    levels: [],
    lines: [
      {
        ink: 'p99',
        points: [
          [0, 0],
          [5_000, 10],
          [10_000, 1_000],
        ],
        widthPx: 2,
      },
    ],
  })
  expect(svg).not.toMatch(/NaN|Infinity/)
})

test('an empty run still has axes', () => {
  for (const scale of ['linear', 'log'] as const)
    expect(draw({ scale, lines: [{ ink: 'ok', points: [], widthPx: 1 }] })).not.toMatch(/NaN|Infinity|undefined/)
})

test('the same picture is the same text, and two pictures share no id', () => {
  expect(draw()).toBe(draw())
  const ids = (id: string): readonly string[] =>
    [...textOf(drawSvg(drawing, size, id)).matchAll(/ id="([^"]+)"/g)].map(([, found = '']) => found)
  expect(ids('a').length).toBeGreaterThan(0)
  expect(ids('a').filter((one) => ids('b').includes(one))).toEqual([])
})

describe('an area', () => {
  const bins = [25, 100, null, 50].map((value, i) => ({ fromMs: i * 2_500, toMs: (i + 1) * 2_500, value }))
  const svg = draw({ lines: [], levels: [], areas: [{ ink: 'okFill', bins }], axis: 'requests a second' })
  const outlines = placesOf(/<path d="([^"]*)" fill="#9fc6e9"\/>/.exec(svg)?.[1] ?? '')

  test('stands as high over each stretch as its value on the axis, and leaves out what was not measured', () => {
    const [bottom, top] = [274, 42]
    const heights = outlines.map((outline) => [...new Set(outline.map(([, y]) => Math.round(((bottom - y) / (bottom - top)) * 100)))])
    expect(heights).toEqual([
      [0, 25, 100],
      [0, 50],
    ])
  })

  test('begins and ends with its stretch', () => {
    const edges = outlines.map((outline) => [Math.min(...outline.map(([x]) => x)), Math.max(...outline.map(([x]) => x))])
    expect(edges).toEqual([
      [58, 473],
      [680.5, 888],
    ])
  })

  test('says what its axis is of', () => expect(texts(svg)).toContain('requests a second'))
})

test('two limits of one height have their names apart', () => {
  const at = (text: string, value: number) => ({ text, value, fromMs: 0, toMs: 10_000 })
  const labels = all(readXml(draw({ levels: [at('p(95) < 3ms', 3), at('p(99) < 3ms', 3.01)] }))).filter(({ text }) => /^p\(/.test(text))
  const [one, other] = labels.map(({ attributes }) => Number(attributes.y))
  expect(Math.abs((one ?? 0) - (other ?? 0))).toBeGreaterThan(12)
})

test('a picture may begin later than the run', () => {
  const svg = draw({ fromMs: 60_000, bands: [{ name: 'doors', fromMs: 0, toMs: 90_000 }], levels: [] })
  expect(texts(svg)).toEqual(expect.arrayContaining(['doors', '01:00', '01:04']))
  expect(texts(svg)).not.toContain('00:04')
})
