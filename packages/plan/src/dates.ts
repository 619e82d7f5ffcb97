// Calendar days as text, `2026-11-20`. Reads no clock: today comes from whoever asks.

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the text is a day of the (Gregorian) calendar. Such texts order as the days do. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  return day >= 1 && day <= lengthOfMonth(year, month)
}

function lengthOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (daysOfMonth[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0)
}

/** The day `days` (≥ 0) after another. */
export function daysAfter(date: string, days: number): string {
  let [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  day += days
  while (day > lengthOfMonth(year, month)) {
    day -= lengthOfMonth(year, month)
    month = (month % 12) + 1
    if (month === 1) year++
  }
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}
