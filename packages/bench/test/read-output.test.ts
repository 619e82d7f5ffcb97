import { expect, test } from 'vitest'
import { holdAgainst } from '../src/load-round.ts'
import { readAb, readAutocannon, readDoorbuster, readH2load, readHey, readWrk } from '../src/read-output.ts'

// Cut from real runs of two seconds.
const wrk = `Running 2s test @ http://127.0.0.1:18099/
  1 threads and 50 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Req/Sec    50.15k    53.17k  144.50k    73.68%
  95167 requests in 2.04s, 16.43MB read
Requests/sec:  46541.35`

const ab = `Concurrency Level:      50
Time taken for tests:   2.000 seconds
Complete requests:      245444
Failed requests:        0
Keep-Alive requests:    245444`

const h2load = `finished in 2.00s, 94592.50 req/s, 16.33MB/s
requests: 189185 total, 189235 started, 189180 done, 189170 succeeded, 10 failed, 0 errored, 0 timeout
status codes: 189170 2xx, 0 3xx, 0 4xx, 10 5xx`

const hey = `Summary:
  Total:\t2.0085 secs
  Requests/sec:\t13803.3441

Response time histogram:
  0.000 [1]\t|
  0.004 [19004]\t|■■■■■■

Status code distribution:
  [200]\t27724 responses
  [503]\t6 responses
`

const autocannon =
  '{"url":"http://127.0.0.1:18099/","2xx":17189,"latency":{"average":5.34,"totalCount":17189},' +
  '"requests":{"average":8597,"mean":8597,"total":17180,"sent":17239},"throughput":{"average":1555584,"total":3111209}}'

test.each([
  ['wrk', readWrk, wrk, 95_167],
  ['ab', readAb, ab, 245_444],
  ['h2load', readH2load, h2load, 189_180],
  ['hey', readHey, hey, 27_730],
  ['autocannon', readAutocannon, autocannon, 17_180],
])('%s says how many requests were answered, whatever their status', (_, read, stdout, answers) => {
  expect(read(stdout)).toEqual({ answers, latenessP99Ms: null })
})

test('doorbuster says in its summary how many it got answered and how late it sent', () => {
  const summary = { totals: { sent: 10, done: 9 }, generator: { latenessMs: { p50: 0.1, p99: 0.4 } } }
  expect(readDoorbuster(JSON.stringify(summary))).toEqual({ answers: 9, latenessP99Ms: 0.4 })
})

test.each([readWrk, readAb, readH2load, readHey, readAutocannon, readDoorbuster])(
  'output that says nothing is an error, never zero',
  (read) => {
    expect(() => read('Could not connect\n')).toThrow()
  },
)

test('a claim may differ from what the target served by 1 % and the requests on their way', () => {
  expect(() => holdAgainst({ answers: 98_900, latenessP99Ms: null }, 100_000)).not.toThrow()
  expect(() => holdAgainst({ answers: 98_899, latenessP99Ms: null }, 100_000)).toThrow(
    '98899 requests were answered, but the target served 100000',
  )
  expect(() => holdAgainst({ answers: 101_101, latenessP99Ms: null }, 100_000)).toThrow()
})
