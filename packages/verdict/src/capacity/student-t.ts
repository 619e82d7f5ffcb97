// Student's t for a 95 % interval: two-sided, so the 97.5 % quantile. Figures: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2,
// https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm

const quantiles: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** @param freedom degrees of freedom, 1 or more */
export function studentT95(freedom: number): number {
  // Beyond the table the next term of its expansion at infinity is good to a thousandth.
  return quantiles[freedom - 1] ?? 1.959964 + 2.372 / freedom
}
