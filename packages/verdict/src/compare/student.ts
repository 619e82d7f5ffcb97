// Student's t by way of the normal: D. L. Wallace, "Bounds on normal approximations to Student's and the chi-square distributions",
// Annals of Mathematical Statistics 30 (1959): z = (8ν + 1)/(8ν + 3) · √(ν · ln(1 + t²/ν)). Within 0.5 % from two degrees of freedom on.
// The normal's tail is formula 26.2.17 of M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (error below 7.5e-8).

/** The chance that t with so many degrees of freedom is above this one. */
export function chanceAbove(t: number, freedom: number): number {
  const z = ((8 * freedom + 1) / (8 * freedom + 3)) * Math.sqrt(freedom * Math.log1p(t ** 2 / freedom))
  return t >= 0 ? normalTail(z) : 1 - normalTail(z)
}

/** How many standard errors a 95 % interval reaches to each side. */
export function reach95(freedom: number): number {
  const z = 1.959964 * ((8 * freedom + 3) / (8 * freedom + 1))
  return Math.sqrt(freedom * Math.expm1(z ** 2 / freedom))
}

function normalTail(z: number): number {
  const k = 1 / (1 + 0.2316419 * z)
  const sum = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
