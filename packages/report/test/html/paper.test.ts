import { expect, test } from 'vitest'
import { textOf } from '../../src/html/markup.ts'
import { countOnPaper, linesPt, paperNote } from '../../src/html/paper.ts'
import { renderHtml } from '../../src/html.ts'
import { crowdedReport, wholeReport } from '../support/sample-whole.ts'

test('a list goes to paper as far as its heights add up to the room: 30 + 40 of 75, not 30 + 40 + 10', () => {
  expect(countOnPaper([30, 40, 10], 75)).toBe(2)
  expect(countOnPaper([30, 40, 5], 75)).toBe(3)
})

test('the first is on paper however long it is, and nothing of an empty list', () => {
  expect([countOnPaper([500, 1], 75), countOnPaper([], 75)]).toEqual([1, 0])
})

test('113 letters are two lines of 12 points, and no letter is none', () => {
  expect([linesPt('x'.repeat(112)), linesPt('x'.repeat(113)), linesPt('')]).toEqual([12, 24, 0])
})

test('what is all there needs no note', () => {
  expect(paperNote(3, 3)).toBe(null)
  expect(textOf(paperNote(3, 4))).toContain('On paper 3 of 4;')
})

test('a usual run has the three dearest things to do on paper, and one of forty objectives says how few it has', () => {
  const notes = (page: string) => [...page.matchAll(/On paper (\d+) of (\d+);/g)].map(([, shown, all]) => [Number(shown), Number(all)])
  const usual = notes(renderHtml(wholeReport()))
  expect(usual.filter(([shown = 0]) => shown < 3)).toEqual([])
  expect(notes(renderHtml(crowdedReport()))).toEqual(
    expect.arrayContaining([
      [1, 22],
      [1, 9],
      [1, 24],
    ]),
  )
})
