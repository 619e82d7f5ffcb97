// What the run says nothing about, on the page: a reader who is told to go should see what that leaves open. Knows nothing of how it was found.
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { section } from './sections.ts'
import { sentencesMarkup } from './sentences.ts'

/** `roomPt` is what it may take on paper. Nothing for a record of a time when nobody said so. */
export function notMeasuredSection({ summary: { notMeasured = [] } }: Report, roomPt: number): Markup | null {
  return notMeasured.length === 0 ? null : section('not-measured', 'Not measured', sentencesMarkup(notMeasured, roomPt))
}
