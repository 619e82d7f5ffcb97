// What goes to paper: two pages of A4 whatever a run brings. Long lists end early there and say how much they leave out.
// Heights are estimates in points, rounded up: a list that ends a line too early is better than a third page.
import type { Markup } from './markup.ts'
import { html } from './markup.ts'

/** Pictures that fit the second page. */
export const picturesOnPaper = 3

/** A line of small print, and how many letters fit its width on A4. */
const linePt = 12
const lineLetters = 112

export function linesPt(text: string, letters = lineLetters): number {
  return Math.ceil(text.length / letters) * linePt
}

/** How many of the list, from its beginning, fit so many points; the first always does. */
export function countOnPaper(heightsPt: readonly number[], roomPt: number): number {
  let leftPt = roomPt
  const at = heightsPt.findIndex((heightPt) => {
    leftPt -= heightPt
    return leftPt < 0
  })
  return at === -1 ? heightsPt.length : Math.max(1, at)
}

/** The class of what is on the screen alone. */
export function onPaper(at: number, count: number): Markup | null {
  return at < count ? null : html` class="screen"`
}

/** Read on paper alone; nothing where all of a list is there. */
export function paperNote(shown: number, all: number): Markup | null {
  return shown >= all ? null : html`<p class="paper note">On paper ${shown} of ${all}; the page itself has them all.</p>`
}
