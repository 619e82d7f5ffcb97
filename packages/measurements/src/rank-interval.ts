// The interval of a percentile from order statistics: needs no idea of how the times are distributed, only that they are independent.
// H. A. David and H. N. Nagaraja, "Order Statistics", 3rd ed. (2003), §7.1.
//
//   Of n samples, B lie at or below the true q-quantile ξ, and B is binomial(n, q). So, with x₁ ≤ x₂ ≤ … ≤ xₙ,
//
//      ξ < x_low   when B < low        low  = the largest rank with  P(B ≤ low − 1) ≤ tail
//      ξ ≥ x_high  when B ≥ high       high = the smallest rank with P(B ≥ high)    ≤ tail
//
//   The binomial is summed exactly where it is skewed (variance up to 200), and taken as normal with a continuity correction beyond.

/** How sure: the chance left outside on each side, and the same as standard deviations of a normal. */
export type Confidence = { readonly tail: number; readonly deviations: number }

export const ninetyFivePercent: Confidence = { tail: 0.025, deviations: 1.959964 }
/** A false alarm about once in 740 looks: for series of windows, where one in forty would be a daily event. */
export const threeSigma: Confidence = { tail: 0.00135, deviations: 3 }

/** Ranks count from 1. `low` 0 and `high` n + 1 mean that so few samples bound that side by nothing. */
export type RankInterval = { readonly low: number; readonly high: number }

/** @param share the quantile, 0 to 1. */
export function rankInterval(samples: number, share: number, confidence: Confidence = ninetyFivePercent): RankInterval {
  if (share > 0.5) {
    const mirrored = rankInterval(samples, 1 - share, confidence)
    return { low: samples + 1 - mirrored.high, high: samples + 1 - mirrored.low }
  }
  const isSkewed = samples * share * (1 - share) <= 200
  return isSkewed ? summed(samples, share, confidence) : normal(samples, share, confidence)
}

function summed(samples: number, share: number, { tail }: Confidence): RankInterval {
  const odds = share / (1 - share)
  let chance = Math.exp(samples * Math.log1p(-share))
  let below = chance
  let low = -1
  for (let k = 0; k < samples; k++) {
    if (low < 0 && below > tail) low = k
    if (below >= 1 - tail) return { low: Math.max(low, 0), high: k + 1 }
    chance *= ((samples - k) / (k + 1)) * odds
    below += chance
  }
  return { low: low < 0 ? samples : low, high: samples + 1 }
}

function normal(samples: number, share: number, { deviations }: Confidence): RankInterval {
  const mean = samples * share
  const spread = deviations * Math.sqrt(mean * (1 - share))
  return { low: Math.floor(mean - spread - 0.5) + 1, high: Math.ceil(mean + spread - 0.5) + 1 }
}

/**
 * The fewest samples whose interval is closed on both sides: n ≥ ln(tail) ÷ ln(max(share, 1 − share)), for then the chance that none of
 * them lies beyond the quantile is no more than what is left outside. 6 for p50, 36 for p90, 72 for p95, 368 for p99, 3,688 for p99.9.
 */
export function samplesForClosed(share: number, { tail }: Confidence = ninetyFivePercent): number {
  return Math.ceil(Math.log(tail) / Math.log(Math.max(share, 1 - share)))
}
