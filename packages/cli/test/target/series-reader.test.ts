// Readings of a page become the series that somebody wants to see: rates of counters, levels of gauges, shares of what there is.
import { parseSeries } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { SeriesReader } from '../../src/target/series-reader.ts'

const reader = (series: Readonly<Record<string, string>> = {}) =>
  new SeriesReader({ name: 'page', series: Object.fromEntries(Object.entries(series).map(([name, text]) => [name, parseSeries(text)])) })

/** What the second of two readings, two seconds apart, came to. */
function second(first: string, then: string, series?: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const own = reader(series)
  own.read(first, 1_000)
  return own.read(then, 3_000).values
}

test('a counter is a rate per second, series by series, and one that began anew counts from zero', () => {
  const first = '# TYPE jobs_total counter\njobs_total{q="a"} 100\njobs_total{q="b"} 50\n'
  expect(second(first, first.replace('100', '160').replace('50', '20'))).toEqual({ jobs: (60 + 20) / 2 })
})

test('a gauge is what it says, and one that is called a total is a gauge all the same', () => {
  const page = '# TYPE sockets_total gauge\nsockets_total 7\n'
  expect(second(page, page.replace('7', '9'))).toEqual({ sockets: 9 })
})

test('the share of CPU that is busy is what is neither idle nor waiting for a disk', () => {
  const page = (idle: number, user: number, wait: number) =>
    ['idle', 'user', 'iowait'].map((mode, i) => `node_cpu_seconds_total{cpu="0",mode="${mode}"} ${[idle, user, wait][i]}\n`).join('')
  const values = second(page(100, 10, 5), page(100.4, 11.4, 5.2))
  expect(values.cpu).toBeCloseTo(0.7, 9)
})

test('a mean is a sum over a count, in the unit of the sum; nothing was counted is no value', () => {
  const page = (sum: number, count: number) => `# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.5"} ${count - 1}
http_request_duration_seconds_bucket{le="+Inf"} ${count}
http_request_duration_seconds_sum ${sum}
http_request_duration_seconds_count ${count}
`
  const own = reader({ fast: 'http_request_duration_seconds_bucket{le="0.5"} / http_request_duration_seconds_count' })
  own.read(page(1, 10), 0)
  const { heads, values } = own.read(page(3, 14), 1_000)
  expect(values).toEqual({ 'response-mean': 0.5, fast: 1 })
  expect(heads.map(({ name, unit, ceiling }) => [name, unit, ceiling])).toEqual([
    ['response-mean', 'seconds', null],
    // That all were fast is nothing that came to its end.
    ['fast', 'ratio', null],
  ])
  expect(own.read(page(3, 14), 2_000).values).toEqual({})
})

test('what is out of something is a share with a ceiling', () => {
  const own = reader({ pool: 'max pool_busy{pool!="spare"} of 20', used: 'pool_busy{pool="a|b"} / pool_size' })
  const { heads, values } = own.read('pool_busy{pool="a"} 10\npool_busy{pool="b"} 5\npool_busy{pool="spare"} 20\npool_size 30\n', 0)
  expect(values).toEqual({ pool: 0.5, used: 0.5 })
  expect(heads.map(({ unit, ceiling }) => [unit, ceiling])).toEqual([
    ['ratio', 1],
    ['ratio', 1],
  ])
})

test('numbers that are none, and divisions by nothing, are no value', () => {
  const own = reader({ a: 'one / zero', b: 'wild', c: 'sum wild' })
  expect(own.read('one 1\nzero 0\nwild NaN\nwild{x="y"} +Inf\n', 0).values).toEqual({})
})

test('of a page with thousands of metrics only some become series, and a counter that appears later is one of them', () => {
  const own = reader()
  const many = Array.from({ length: 2_000 }, (_, n) => `# TYPE thing_${n} gauge\nthing_${n} ${n}\n`).join('')
  const late = '# TYPE shop_orders_total counter\nshop_orders_total '
  expect(Object.keys(reader().read(many, 0).values)).toHaveLength(16)
  own.read('# TYPE shop_orders_total counter\n', 0)
  own.read(`${late}0\n`, 1_000)
  expect(own.read(`${late}30\n`, 2_000).values).toEqual({ shop_orders: 30 })
})
