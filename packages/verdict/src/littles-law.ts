// Little's law as a check of clocks and counters: what is under way on average = arrival rate × mean time under way.
// J. D. C. Little, "A proof for the queuing formula L = λW", Oper. Res. 9 (1961).
//
//   L   mean requests in flight, from samples n of them, one every T/n          | L − λW | ≤ (10 % + noise) · L
//   λW  all service times added up ÷ T                                          noise = 3/√(L·n) + (T/n) / 2W
//
// The law holds exactly for one run; only the sampling of L is uncertain: by √L a sample for arrivals at random, and, where sampling keeps
// step with sending, by up to half the time between samples for every request. Failed requests have no service time on record;
// their response time stands in, which is too long by their lateness.
import type { RunEnd, Tally } from '@doorbuster/measurements'
import { counted, timeFigure } from './figures.ts'
import type { TrustCheck } from './judgement.ts'

const toleratedRatio = 0.1
const fewestInFlight = 5
const fewestSamples = 200

export function littlesLaw(tally: Tally, { finished, stoppedBy }: RunEnd): TrustCheck {
  const name = 'little'
  const { service, failedResponse } = tally.scope()
  const { mean: inFlight, samples } = tally.inFlight
  const requests = service.count + failedResponse.count
  if (!finished || stoppedBy === 'bug') return notJudged('the run was cut off with requests under way')
  if (inFlight < fewestInFlight) return notJudged(`fewer than ${fewestInFlight} requests were under way on average`)
  if (Math.min(requests, samples) < fewestSamples) return notJudged(`only ${counted(Math.min(requests, samples), 'sample')} were taken`)
  const spentMs = (service.meanMs ?? 0) * service.count + (failedResponse.meanMs ?? 0) * failedResponse.count
  const everyMs = tally.endMs / samples
  const meanMs = spentMs / requests
  if (meanMs < everyMs) return notJudged(`requests were shorter than the ${timeFigure(everyMs)} between two counts of what is under way`)
  const expected = spentMs / tally.endMs
  const allowed = toleratedRatio + 3 / Math.sqrt(inFlight * samples) + everyMs / 2 / meanMs
  const figures = `${inFlight.toFixed(1)} requests under way on average, where rate × mean service time gives ${expected.toFixed(1)}`
  if (Math.abs(inFlight - expected) <= allowed * inFlight) return { name, status: 'passed', because: `Little's law holds: ${figures}.` }
  const cure = 'look for a clock that jumps (a suspended or migrated machine) and run again; if it stays, report it with the run folder'
  return {
    name,
    status: 'failed',
    because: `Little's law does not hold: ${figures}, so a clock or a counter is wrong. To cure it, ${cure}.`,
  }
}

function notJudged(why: string): TrustCheck {
  return { name: 'little', status: 'not-judged', because: `Little's law was not checked: ${why}.` }
}
