import { expect, test } from 'vitest'
import { ab } from '../../src/tools/ab.ts'
import { artillery } from '../../src/tools/artillery.ts'
import { autocannon } from '../../src/tools/autocannon.ts'
import { doorbuster } from '../../src/tools/doorbuster.ts'
import { h2load } from '../../src/tools/h2load.ts'
import { hey } from '../../src/tools/hey.ts'
import { k6 } from '../../src/tools/k6.ts'
import { oha } from '../../src/tools/oha.ts'
import { vegeta } from '../../src/tools/vegeta.ts'
import { wrk } from '../../src/tools/wrk.ts'

// Cut from real runs of two seconds, except oha's, which follows the schema that it publishes.
const outputs = {
  wrk: `Running 2s test @ http://127.0.0.1:18099/
  1 threads and 50 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   292.22us  153.85us   2.93ms   91.34%
    Req/Sec   117.33k    13.45k  140.08k    65.00%
  Latency Distribution
     50%  238.00us
     75%  396.00us
     90%  437.00us
     99%   20.31ms
  233498 requests in 2.00s, 33.85MB read
Requests/sec: 116636.74
Transfer/sec:     16.91MB
`,
  ab: `Concurrency Level:      50
Time taken for tests:   2.000 seconds
Complete requests:      265393
Failed requests:        12
   (Connect: 0, Receive: 0, Length: 12, Exceptions: 0)
Non-2xx responses:      7
Keep-Alive requests:    265393

Percentage of the requests served within a certain time (ms)
  50%      0
  66%      0
  90%      1
  95%      1
  99%      4
 100%      6 (longest request)
`,
  h2load: `finished in 2.00s, 94592.50 req/s, 16.33MB/s
requests: 189185 total, 189235 started, 189180 done, 189170 succeeded, 10 failed, 0 errored, 0 timeout
status codes: 189170 2xx, 0 3xx, 0 4xx, 10 5xx
`,
  hey: `Summary:
  Total:\t2.0008 secs
  Requests/sec:\t32908.5637

Response time histogram:
  0.000 [1]\t|
  0.001 [26452]\t|■■■■■■

Latency distribution:
  10% in 0.0003 secs
  50% in 0.0014 secs
  90% in 0.0029 secs
  99% in 0.0050 secs

Status code distribution:
  [200]\t27724 responses
  [503]\t6 responses
`,
  autocannon:
    '{"url":"http://127.0.0.1:18099/","requests":{"average":8597,"mean":8597,"total":17180,"sent":17239},"non2xx":3,' +
    '"latency":{"average":5.34,"p50":4,"p90":8,"p97_5":12,"p99":14,"totalCount":17189},"throughput":{"total":3111209}}',
  vegeta:
    '{"latencies":{"total":167294546,"mean":167294,"50th":160327,"90th":217113,"95th":239721,"99th":302864,"max":1014375,"min":71536},' +
    '"bytes_in":{"total":5000,"mean":5},"duration":1998325073,"requests":1000,"success":0.99,"status_codes":{"0":4,"200":990,"503":6},"errors":[]}',
  k6:
    '{"metrics":{"http_req_duration":{"type":"trend","values":{"p(90)":4.345,"p(99)":10.258,"p(50)":1.716}},' +
    '"http_req_failed":{"type":"rate","values":{"fails":44532,"rate":0,"passes":2}},"checks":{"type":"rate","values":{"passes":5,"fails":1}},' +
    '"http_reqs":{"type":"counter","values":{"count":44534,"rate":22260.7}}}}',
  artillery:
    '{"aggregate":{"counters":{"vusers.created":100,"http.requests":100,"http.codes.200":99,"http.responses":99,"vusers.failed":1},' +
    '"summaries":{"http.response_time":{"min":0,"max":6,"count":100,"mean":0.4,"p50":0,"p75":1,"p90":1,"p95":1,"p99":4,"p999":4}}}}',
  oha:
    '{"latencyPercentiles":{"p10":0.001,"p50":0.002,"p90":0.003,"p99":0.004,"p99.9":0.005},"statusCodeDistribution":{"200":90,"503":2},' +
    '"errorDistribution":{"aborted due to deadline":8}}',
  doorbuster:
    '{"totals":{"due":13,"sent":12,"done":11,"failed":2,"dropped":1},"generator":{"latenessMs":{"p50":0.1,"p99":0.4}},' +
    '"responseMs":{"p50":1.5,"p90":2.5,"p99":3.5}}',
} as const

test.each([
  [wrk, outputs.wrk, { answers: 233_498, failed: 0 }],
  [ab, outputs.ab, { answers: 265_393, failed: 7 }],
  [h2load, outputs.h2load, { answers: 189_180, failed: 10 }],
  [hey, outputs.hey, { answers: 27_730, failed: 6 }],
  [autocannon, outputs.autocannon, { answers: 17_180, failed: 3 }],
  [vegeta, outputs.vegeta, { answers: 996, failed: 10 }],
  [k6, outputs.k6, { answers: 44_534, failed: 3 }],
  [artillery, outputs.artillery, { answers: 99, failed: 1 }],
  [oha, outputs.oha, { answers: 92, failed: 2 }],
  [doorbuster, outputs.doorbuster, { answers: 11, failed: 3 }],
] as const)('$name says how many requests were answered, and how many went wrong', (tool, output, expected) => {
  expect(tool.read(output)).toMatchObject(expected)
})

test.each([
  [wrk, outputs.wrk, [0.238, 0.437, 20.31]],
  [ab, outputs.ab, [0, 1, 4]],
  [hey, outputs.hey, [1.4, 2.9, 5]],
  [autocannon, outputs.autocannon, [4, 8, 14]],
  [vegeta, outputs.vegeta, [0.160327, 0.217113, 0.302864]],
  [k6, outputs.k6, [1.716, 4.345, 10.258]],
  [artillery, outputs.artillery, [0, 1, 4]],
  [oha, outputs.oha, [2, 3, 4]],
  [doorbuster, outputs.doorbuster, [1.5, 2.5, 3.5]],
] as const)('the percentiles of $name come out in milliseconds', (tool, output, [p50, p90, p99]) => {
  const said = tool.read(output).percentiles
  expect(said?.p50Ms).toBeCloseTo(p50, 9)
  expect(said?.p90Ms).toBeCloseTo(p90, 9)
  expect(said?.p99Ms).toBeCloseTo(p99, 9)
})

test('h2load tells no percentiles', () => expect(h2load.read(outputs.h2load).percentiles).toBeNull())

test('the wait of a second is read as one, and one of microseconds as those', () => {
  const slow = outputs.wrk.replace('238.00us', '1.02s').replace('20.31ms', '1.50m')
  expect(wrk.read(slow).percentiles).toEqual({ p50Ms: 1_020, p90Ms: 0.437, p99Ms: 90_000 })
})

test('a tool without percentiles in its output claims none', () => {
  expect(wrk.read(outputs.wrk.replaceAll('%', ' percent')).percentiles).toBeNull()
  expect(doorbuster.read(outputs.doorbuster.replace('"p99":3.5', '"p99":null')).percentiles).toBeNull()
})

test('only doorbuster says how late it sent', () => {
  expect(doorbuster.read(outputs.doorbuster).latenessP99Ms).toBe(0.4)
  expect(wrk.read(outputs.wrk).latenessP99Ms).toBeNull()
})

test.each([wrk, ab, h2load, hey, autocannon, vegeta, k6, artillery, oha, doorbuster])(
  'output of $name that says nothing is an error, never zero',
  ({ read }) => {
    expect(() => read('Could not connect\n')).toThrow()
    expect(() => read('{"metrics":{},"aggregate":{"counters":{},"summaries":{}}}')).toThrow()
  },
)
