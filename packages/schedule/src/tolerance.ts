// How close to a whole number of arrivals counts as that number. Areas are sums of products that a double rounds:
// ten stages of 0.1 owe one arrival, and so do three of a third.

/**
 * 1e-9 arrivals; for areas above about 10⁶ four units in the last place of the area (2^−50 of it), because
 * a single rounded product can already be that far off.
 */
export function toleranceOf(area: number): number {
  return Math.max(1e-9, area * 2 ** -50)
}

/** The area itself, or the whole number that it stands for within the tolerance. */
export function tidy(area: number): number {
  const whole = Math.round(area)
  return Math.abs(area - whole) <= toleranceOf(area) ? whole : area
}
