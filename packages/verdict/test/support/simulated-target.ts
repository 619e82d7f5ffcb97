// A target with known USL parameters under an open load: how many requests are under way, and how long they take, follows from the rate alone;
// a seeded spread is laid over it. Knows nothing of the search.
import type { CapacityAsked, CapacityLevel } from '../../src/capacity/capacity-form.ts'
import type { SearchStep } from '../../src/capacity/search.ts'

export type Usl = { readonly lambda: number; readonly sigma: number; readonly kappa: number }

/** Requests under way at this rate: the lower root of X(N) = rate; null beyond the peak. */
export function underWay({ lambda, sigma, kappa }: Usl, ratePerSec: number): number | null {
  // κN² + (σ − κ − λ/x)N + (1 − σ) = 0
  const [a, b, c] = [kappa, sigma - kappa - lambda / ratePerSec, 1 - sigma]
  if (a === 0) return b < 0 ? -c / b : null
  const root = b ** 2 - 4 * a * c
  return root < 0 || b > 0 ? null : (-b - Math.sqrt(root)) / (2 * a)
}

/** Its p99 is this many times its mean, as of an exponential distribution. */
const p99Times = Math.log(100)

function p99Ms(target: Usl, ratePerSec: number): number {
  const n = underWay(target, ratePerSec)
  return n === null ? 10_000 : (n / ratePerSec) * 1e3 * p99Times
}

/** The highest rate whose p99 is within the limit, found by halving. */
export function trueRate(target: Usl, limitMs: number): number {
  let [low, high] = [0.001, target.lambda * 1e4]
  for (let i = 0; i < 200; i++) {
    const middle = Math.sqrt(low * high)
    if (p99Ms(target, middle) <= limitMs) low = middle
    else high = middle
  }
  return low
}

export function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

type Try = Extract<SearchStep, { kind: 'try' }>

/** Times spread by 2 %, answers a second by 0.3 %, which is what levels of 20 s of a steady server show. */
export function simulate(target: Usl, limitMs: number, random: () => number) {
  return ({ ratePerSec, purpose }: Pick<Try, 'ratePerSec'> & { readonly purpose: CapacityLevel['purpose'] }): CapacityLevel => {
    const n = underWay(target, ratePerSec)
    const answeredPerSec = (n === null ? peakOf(target) : ratePerSec) * (1 + 0.003 * normal(random))
    const meanMs = (n === null ? 2_000 : (n / ratePerSec) * 1e3) * (1 + 0.02 * normal(random))
    const p99 = meanMs * p99Times * (1 + 0.02 * normal(random))
    return level({
      ratePerSec,
      purpose,
      answeredPerSec,
      concurrency: (answeredPerSec * meanMs) / 1e3,
      p99Ms: p99,
      isSteady: n !== null,
      standing: n !== null && p99 <= limitMs ? 'met' : 'missed',
    })
  }
}

function peakOf({ lambda, sigma, kappa }: Usl): number {
  const n = Math.sqrt((1 - sigma) / kappa)
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1))
}

/** A level of 20 s in which everything was answered, unless said otherwise. */
export function level(more: Partial<CapacityLevel> & Pick<CapacityLevel, 'ratePerSec'>): CapacityLevel {
  const { ratePerSec } = more
  const times = { p50Ms: 5, p95Ms: 10, p99Ms: 20 }
  return {
    purpose: 'bracket',
    standing: 'met',
    lastingMs: 20_000,
    hasEndedEarly: false,
    isSteady: true,
    due: ratePerSec * 20,
    answeredPerSec: ratePerSec,
    requestsPerArrival: 1,
    concurrency: ratePerSec / 100,
    answers: ratePerSec * 20,
    ...times,
    errorRatio: 0,
    because: 'The p99 was 20 ms; it must stay below 250 ms.',
    folder: `levels/${ratePerSec}`,
    ...more,
  }
}

/** A search of a bare URL that nothing limits. */
export function asked(more: Partial<CapacityAsked> = {}): CapacityAsked {
  return {
    name: 'shop',
    target: 'http://127.0.0.1:4000/',
    planHash: 'abc',
    startedAt: '2026-11-20T08:00:00.000Z',
    per: 'requests',
    objectives: ['p(99) < 250ms'],
    leftOut: [],
    levelMs: 20_000,
    coolDownMs: 5_000,
    fromPerSec: 10,
    ceiling: null,
    forecastPerSec: null,
    zones: null,
    ...more,
  }
}
