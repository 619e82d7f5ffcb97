// The top of the page: launch or not, why, how each track stands, who stands for it and until when. Cannot know what day it is when it is read.
import type { Light, Lights } from '@doorbuster/verdict'
import { clip } from '../escape.ts'
import { sayDay } from '../format.ts'
import type { Report } from '../report.ts'
import { answer } from '../words/answer.ts'
import { headroomSentence } from '../words/limits.ts'
import { verdictSign, verdictWord } from '../words.ts'
import { headingMarkup } from './document.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { signatureSection } from './signature-section.ts'

export function answerSection(report: Report): Markup {
  const { verdict, name, startedAt } = report.summary
  return headingMarkup(
    {
      tone: verdict,
      kicker: ['Launch rehearsal', name, sayDay(startedAt)],
      sign: verdictSign(verdict),
      word: verdictWord(verdict),
      sentences: answer(report),
    },
    html`${lightsMarkup(report)}
${signatureSection(report) ?? unsigned(report)}`,
  )
}

const mostLetters = 240

const questions: Readonly<Record<keyof Lights, string>> = {
  capacity: 'Does it hold the crowd?',
  trust: 'Is it still right and private?',
  resilience: 'Does it survive losing parts?',
  response: 'Do people and words work?',
}

/** What was rehearsed first, for that is what the verdict rests on. */
const order = ['capacity', 'trust', 'resilience', 'response'] as const satisfies readonly (keyof Lights)[]

/** Nothing for a summary of a time when there were no lights. */
function lightsMarkup(report: Report): Markup | null {
  const { lights } = report.summary
  if (lights === undefined) return null
  const headroom = headroomSentence(report)
  return html`<ul class="lights" aria-label="The four tracks">${order.map((track) => lightMarkup(track, lights[track], track === 'capacity' ? headroom : null))}</ul>`
}

/** `more`: what is known beside the run. */
function lightMarkup(track: keyof Lights, { status, because }: Light, more: string | null): Markup {
  const isGrey = status === 'not-rehearsed'
  const [sign, word] = isGrey ? ['–', 'not rehearsed'] : [verdictSign(status), verdictWord(status).toLowerCase()]
  return html`<li class="light ${status}"><b>${track.charAt(0).toUpperCase() + track.slice(1)}</b>
<span class="stands"><span class="dot" aria-hidden="true">${sign}</span> ${word}</span>
<small>${questions[track]} <span class="because">${clip(because.charAt(0).toUpperCase() + because.slice(1), mostLetters)}.${more !== null && ` ${more}`}</span></small></li>
`
}

/** A rehearsal older than this says little of the shop as it is. */
const validDays = 14

function unsigned({ summary: { startedAt, verdict } }: Report): Markup {
  const until = new Date(Date.parse(startedAt) + validDays * 86_400e3)
  const holds =
    verdict === 'invalid' || verdict === 'inconclusive' || Number.isNaN(until.getTime())
      ? ''
      : ` Holds until ${sayDay(until.toISOString())} (${validDays} days), and only for the shop as it was rehearsed.`
  return html`<p class="signed"><b>Unsigned:</b> nobody stands for this result yet.${holds}</p>`
}
