// Numbers as a row of small bars. Knows nothing of what they count.

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** One bar a number, the last `columns` of them; `most` is a full bar, so that two lines with equal `most` can be compared. A zero leaves a space. */
export function sparkline(values: readonly number[], most: number, columns: number): string {
  return values
    .slice(Math.max(0, values.length - columns))
    .map((value) =>
      value <= 0 || most <= 0 ? ' ' : (bars[Math.min(bars.length - 1, Math.max(0, Math.ceil((value / most) * bars.length) - 1))] ?? ' '),
    )
    .join('')
    .padStart(columns)
}
