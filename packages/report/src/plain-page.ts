// Self-contained pages that are about no single run: comparisons and histories. They load nothing, like the report.
import type { ComparedAnswer, RunComparison } from '@doorbuster/verdict'
import { answerSigns, answerWords, comparisonHeadline } from './comparison-tables.ts'
import { clip } from './escape.ts'
import { sayDay, sayMany, sayMoment, saySpan } from './format.ts'
import type { Past } from './history.ts'
import { ageText, historyTables, historyWord } from './history.ts'
import { comparedMarkup, reasonsMarkup, remarksMarkup } from './html/comparison-section.ts'
import type { Heading } from './html/document.ts'
import { documentText, headingMarkup } from './html/document.ts'
import { html } from './html/markup.ts'
import { part, tableMarkup } from './html/sections.ts'
import type { Table } from './table.ts'
import { asSentence } from './words/actions.ts'

const mostRows = 80

/** The style sheet knows the four verdicts of a run. */
const tones: Readonly<Record<ComparedAnswer, Heading['tone']>> = { worse: 'no-go', 'not-worse': 'go', 'cannot-tell': 'inconclusive' }

export function comparisonPage(comparison: RunComparison): string {
  const { answer, base, runs } = comparison
  const [only] = runs
  const isOne = runs.length === 1 && only !== undefined
  const headline = isOne ? comparisonHeadline(comparison, only) : headlineOfMany(comparison)
  const heading: Heading = {
    tone: tones[answer],
    kicker: ['Comparison', base.name, sayDay(base.startedAt)],
    sign: answerSigns[answer],
    word: answerWords[answer],
    sentences: [headline],
  }
  return documentText({
    title: `${answerWords[answer]} · ${clip(base.name, 120)}`,
    description: headline,
    parts: [
      headingMarkup(heading, html`${isOne && reasonsMarkup(only)}${remarksMarkup(comparison)}`),
      ...runs.map((run, i) => {
        const title = isOne ? 'What differs' : `${answerWords[run.answer]}: ${clip(run.name, 120)} of ${sayMoment(run.startedAt)}`
        return part(`run-${i}`, title, html`${!isOne && reasonsMarkup(run)}${comparedMarkup(comparison, run, `compared-${i}`)}`)
      }),
    ],
    footer: html`Written by doorbuster. The raw numbers lie in the folders of both runs.`,
  })
}

function headlineOfMany({ base, runs }: RunComparison): string {
  const worse = runs.filter(({ answer }) => answer === 'worse').length
  return `${worse} of ${sayMany(runs.length, 'run')} ${worse === 1 ? 'is' : 'are'} worse than ${base.name} of ${sayMoment(base.startedAt)}.`
}

/** Whether a rehearsal is young enough, and all of them by time. */
export function historyPage(past: Past): string {
  const [word, age] = [historyWord(past), asSentence(ageText(past))]
  const last = past.runs.at(-1)
  const heading: Heading = {
    tone: past.isReady ? 'go' : 'no-go',
    kicker: ['Launch rehearsals', ...(last === undefined ? [] : [`up to ${sayDay(last.startedAt)}`])],
    sign: past.isReady ? '✓' : '✗',
    word,
    sentences: [age, placeText(past)],
  }
  return documentText({
    title: `${word} · rehearsals`,
    description: age,
    parts: [
      headingMarkup(heading, null),
      ...historyTables(past)
        .filter(({ rows }) => rows.length > 0)
        .map((table) => part(table.name.toLowerCase(), table.name, tableMarkup(youngest(table)))),
    ],
    footer: html`Written by doorbuster. Each run’s own page lies in its folder.`,
  })
}

function placeText({ lastRehearsal, maxAgeMs }: Past): string {
  const place = lastRehearsal === null ? '' : `It lies in ${lastRehearsal.folder}. `
  return `${place}A rehearsal counts for ${saySpan(maxAgeMs)}: what was rehearsed earlier was another shop.`
}

/** Rows are in the order of time: what does not fit is the oldest. */
function youngest(table: Table): Table {
  const more = table.rows.length - mostRows
  return more <= 0
    ? table
    : { ...table, rows: table.rows.slice(-mostRows), note: `${sayMany(more, 'older one')} are left out. ${table.note}`.trim() }
}
