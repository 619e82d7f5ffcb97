// Little's law as a check of clocks and counters: what is under way on average = arrival rate × mean time under way.
// J. D. C. Little, "A proof for the queuing formula L = λW", Oper. Res. 9 (1961).
//
//   L   mean of requests in flight, an exact integral over time            | L − λW | ≤ 10 % · L
//   λW  all service times, and what shoppers' own links added to them, added up ÷ T
//
// The law holds exactly for a whole run that began and ended empty. Failed requests have no service time on record; their response time
// stands in, which is too long by their lateness: so λW may be too much by all the lateness there was, and by no more than they took.
import type { Histogram, RunEnd, Tally } from '@doorbuster/measurements'
import { linkMsCounter } from '@doorbuster/measurements'
import { isDrained } from './books-checks.ts'
import { counted } from './figures.ts'
import type { TrustCheck } from './judgement.ts'

const toleratedRatio = 0.1
const fewestInFlight = 5
const fewestRequests = 200

export function littlesLaw(tally: Tally, { stoppedBy }: RunEnd): TrustCheck {
  const name = 'little'
  const { service, failedResponse } = tally.scope()
  const { mean: inFlight } = tally.inFlight
  const requests = service.count + failedResponse.count
  if (!isDrained(stoppedBy)) return notJudged('the run was cut off with requests under way')
  if (inFlight < fewestInFlight) return notJudged(`fewer than ${fewestInFlight} requests were under way on average`)
  if (requests < fewestRequests) return notJudged(`only ${counted(requests, 'request')} came to an end`)
  const linkMs = tally.counters[linkMsCounter]?.sum ?? 0
  const failedMs = sumMs(failedResponse)
  const expected = (sumMs(service) + linkMs + failedMs) / tally.endMs
  const tooMuch = Math.min(sumMs(tally.lateness), failedMs) / tally.endMs
  const off = Math.max(inFlight - expected, expected - tooMuch - inFlight)
  const figures = `${inFlight.toFixed(1)} requests under way on average, where rate × mean service time gives ${expected.toFixed(1)}`
  if (off <= toleratedRatio * inFlight) return { name, status: 'passed', because: `Little's law holds: ${figures}.` }
  const cure = 'look for a clock that jumps (a suspended or migrated machine) and run again; if it stays, report it with the run folder'
  return {
    name,
    status: 'failed',
    because: `Little's law does not hold: ${figures}, so a clock or a counter is wrong. To cure it, ${cure}.`,
  }
}

function sumMs({ meanMs, count }: Pick<Histogram, 'meanMs' | 'count'>): number {
  return (meanMs ?? 0) * count
}

function notJudged(why: string): TrustCheck {
  return { name: 'little', status: 'not-judged', because: `Little's law was not checked: ${why}.` }
}
