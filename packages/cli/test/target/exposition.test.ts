// Laws of reading a metrics page: what a page says is read as it says it, and what no page should say harms nobody.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExpositionSample } from '../../src/target/exposition.ts'
import { readExposition } from '../../src/target/exposition.ts'

const all = () => true
const read = (text: string, most = 1_000) => readExposition(text, all, most)

const name = fc.stringMatching(/^[A-Za-z_:][\w:]{0,20}$/)
const label = fc.stringMatching(/^[A-Za-z_]\w{0,10}$/)
const value = fc.oneof(
  fc.double().map((number) => number || 0),
  fc.integer(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const labels = fc.uniqueArray(fc.tuple(label, fc.string({ unit: 'grapheme', maxLength: 20 })), { selector: ([key]) => key, maxLength: 5 })
const sample = fc.record({ name, labels, value })

/** As the format wants it: a backslash, a quote and a line break are escaped, infinities have a sign. */
function written({
  name,
  labels,
  value,
}: {
  readonly name: string
  readonly labels: readonly (readonly [string, string])[]
  readonly value: number
}): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  const pairs = labels.map(([key, text]) => `${key}="${escaped(text)}"`).join(',')
  const number = Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'
  return `${name}${labels.length === 0 ? '' : `{${pairs}}`} ${number}\n`
}

test('what is written as the format wants it is read back whole', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
      const { samples: found, badLines } = read(samples.map(written).join(''))
      const expected: readonly ExpositionSample[] = samples.map((each) => ({ ...each, labels: Object.fromEntries(each.labels) }))
      expect(badLines).toBe(0)
      expect(found).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

test('any text is read without an error, and a bad line costs no other', () => {
  const junk = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll(/[\r\n]/g, ' '))
  fc.assert(
    fc.property(fc.array(junk, { maxLength: 10 }), (lines) => {
      const { samples } = read(`good 1\n${lines.map((line) => `!${line}\n`).join('')}better{a="b"} 2 1700000000000\n`)
      expect(samples.map(({ name, value }) => [name, value])).toEqual([
        ['good', 1],
        ['better', 2],
      ])
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['a value in words', 'up many'],
  ['no value', 'up'],
  ['a label without quotes', 'up{a=b} 1'],
  ['a label that is not closed', 'up{a="b" 1'],
  ['a label twice', 'up{a="1",a="2"} 1'],
  ['something behind the timestamp', 'up 1 2 3'],
  ['hexadecimal digits', 'up 0x10'],
])('%s is no sample', (_, line) => {
  expect(read(`${line}\n`)).toMatchObject({ samples: [], badLines: 1 })
})

test('exemplars and timestamps of OpenMetrics are left out, and its counters are known by their family', () => {
  const { samples, types, badLines } = read(
    '# TYPE hits counter\nhits_total{a="b"} 17 1700000000.5 # {trace="x"} 0.3 1700000000.1\nhits_created 9\n# EOF\n',
  )
  expect(samples.map(({ name, value }) => [name, value])).toEqual([
    ['hits_total', 17],
    ['hits_created', 9],
  ])
  expect([types.get('hits'), badLines]).toEqual(['counter', 0])
})

test('a million series are read as far as they are wanted, and a line of a megabyte is one bad line', () => {
  const page = `${'x'.repeat(1 << 20)}\n${Array.from({ length: 200_000 }, (_, n) => `up{n="${n}"} ${n}\n`).join('')}`
  const { samples, badLines, isCut } = read(page, 500)
  expect([samples.length, badLines, isCut]).toEqual([500, 1, true])
  expect(readExposition(page, () => false, 500)).toMatchObject({ samples: [], isCut: false })
})
