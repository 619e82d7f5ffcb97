import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OriginFetches } from '@doorbuster/measurements'
import { launch } from '@doorbuster/plan'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { OriginBooks } from '../src/origin-books.ts'
import type { OriginCount } from '../src/origin-count.ts'
import { metricIn, originCount } from '../src/origin-count.ts'
import { openShopReader } from '../src/shop-reader.ts'
import { plainWay } from '../src/transport-of-run.ts'

afterEach(() => vi.useRealTimers())

describe('reading the count', () => {
  const text = `# HELP fetches_total What the caches asked for.
fetches_total{route="/a b}",code="200"} 3 1700000000000
fetches_total{route="/c"} 1e+01
fetches_total_errors 99
cold 7
other{x="fetches_total"} 5
broken 1.5
missing NaN
`

  test('the series of a metric add up, and one alone counts alone', () => {
    expect(metricIn(text, 'fetches_total')).toEqual({ count: 13 })
    expect(metricIn(text, 'fetches_total{route="/c"}')).toEqual({ count: 10 })
    expect(metricIn(text, 'cold')).toEqual({ count: 7 })
  })

  test('what is no whole number, or not there, is no count', () => {
    expect(metricIn(text, 'broken')).toEqual({ because: 'no whole number at "broken"' })
    expect(metricIn(text, 'missing')).toEqual({ because: 'no whole number at "missing"' })
    expect(metricIn(text, 'fetches')).toEqual({ because: 'no metric "fetches"' })
  })

  test('another host is asked without the headers that are meant for the target', async () => {
    const seen: unknown[] = []
    const server = createServer(({ headers }, response) => {
      seen.push(headers.authorization)
      response.end('{"data":{"fetches":4}}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const ask = async (target: string, get: string): Promise<OriginCount> => {
      const headers = { authorization: 'Bearer hush' }
      const plan = launch({ name: 'a', target, traffic: 'burst 1', headers, origin: { get, member: 'data.fetches' } })
      const reader = await openShopReader(plan, () => ['127.0.0.1'], plainWay(plan))
      try {
        return plan.origin === undefined ? { because: 'no origin' } : await originCount(reader, plan.origin)
      } finally {
        await reader.close()
      }
    }
    try {
      expect([await ask(url, '/stats'), await ask('http://127.0.0.1:1', `${url}/stats`)]).toEqual([{ count: 4 }, { count: 4 }])
      expect(seen).toEqual(['Bearer hush', undefined])
      expect(await ask('http://127.0.0.1:1', '/stats')).toMatchObject({ because: expect.any(String) })
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})

describe('when it is read', () => {
  const herds = [
    { startMs: 0, untilMs: 4_000 },
    { startMs: 4_000, untilMs: 5_000 },
    { startMs: 9_000, untilMs: 10_000 },
  ]

  /** `counts` are read one after the other, each at once unless `slowMs` says otherwise. */
  function booksOf(counts: readonly OriginCount[], { slowMs = 0 } = {}) {
    vi.useFakeTimers()
    const zeroMs = Date.now()
    const figures: OriginFetches[] = []
    const readAtMs: number[] = []
    const now = (): number => Date.now() - zeroMs
    const books = new OriginBooks({
      herds,
      now,
      read: async () => {
        readAtMs.push(now())
        const count = counts[readAtMs.length - 1] ?? { because: 'nothing' }
        if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs))
        return count
      },
      tell: (figure) => figures.push(figure),
    })
    return { books, figures, readAtMs }
  }
  const said = (figures: readonly OriginFetches[]) => figures.map(({ herd, before, after, because }) => [herd, before, after, because])

  test('before the first arrival, ahead of each herd, and once where two follow one another', async () => {
    const { books, figures, readAtMs } = booksOf([3, 5, 6, 8, 9].map((count) => ({ count })))
    await books.before()
    books.begin()
    await vi.advanceTimersByTimeAsync(11_000)
    await books.after({ durationMs: 11_000 })
    expect(readAtMs).toEqual([0, 3_500, 4_760, 8_500, 9_760])
    expect(said(figures)).toEqual([
      [1, 3, 5, null],
      [2, 5, 6, null],
      [3, 8, 9, null],
    ])
  })

  test('a count that comes when the next herd is there already is none, for either', async () => {
    const { books, figures } = booksOf(
      Array.from({ length: 5 }, () => ({ count: 1 })),
      { slowMs: 400 },
    )
    const before = books.before()
    await vi.advanceTimersByTimeAsync(400)
    await before
    books.begin()
    await vi.advanceTimersByTimeAsync(11_000)
    expect(said(figures)).toEqual([
      [1, 1, 1, null],
      [2, 1, null, 'the count came too late'],
      [3, 1, null, 'the count came too late'],
    ])
  })

  test('a run that is stopped closes the herd that had begun, and tells of no other', async () => {
    const { books, figures } = booksOf([{ count: 3 }, { because: 'timeout' }])
    await books.before()
    books.begin()
    await vi.advanceTimersByTimeAsync(1_000)
    await books.after({ durationMs: 1_000 })
    expect(said(figures)).toEqual([[1, 3, null, 'timeout']])
  })
})
