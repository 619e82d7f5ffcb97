// Who stands for this run, until when, and for which risk. Cannot know what day it is when the page is read.
import type { SignOff } from '@doorbuster/measurements'
import { clip } from '../escape.ts'
import { sayMoment } from '../format.ts'
import type { Report } from '../report.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { countOnPaper, linesPt, onPaper, paperNote } from './paper.ts'

const mostShown = 5
const mostLetters = 500
/** On the first sheet, points. */
const roomPt = 60

/** The latest first; null where nobody has signed. */
export function signatureSection({ signature }: Report): Markup | null {
  if (signature === undefined || signature.signOffs.length === 0) return null
  const shown = signature.signOffs.toReversed().slice(0, mostShown)
  const more = signature.signOffs.length - shown.length
  const count = countOnPaper(shown.map(heightPt), roomPt)
  return html`<div class="signed">${shown.map((signOff, i) => signOffMarkup(signOff, onPaper(i, count)))}
${paperNote(count, signature.signOffs.length)}
${more > 0 && html`<p class="note screen">${more} earlier in signature.json.</p>`}
</div>`
}

/** What sign-offs take on paper. */
export function signaturesPt({ signature }: Pick<Report, 'signature'>): number {
  const heights = (signature?.signOffs ?? []).toReversed().slice(0, mostShown).map(heightPt)
  return heights.slice(0, countOnPaper(heights, roomPt)).reduce((sum, each) => sum + each, 20)
}

function heightPt({ as, acceptedRisk }: SignOff): number {
  // Around the names: two moments, and a line of small print.
  return 30 + linesPt(as + (acceptedRisk ?? ''), 90)
}

function signOffMarkup({ as, signedAt, until, acceptedRisk, proof }: SignOff, screen: Markup | null): Markup {
  const bound = proof === undefined ? 'a statement bound to the files by their hashes, without a key' : 'proven by an Ed25519 key'
  return html`<p${screen}>Signed by <b>${clip(as, mostLetters)}</b> on ${sayMoment(signedAt)}. Holds until <b>${sayMoment(until)}</b>.
${acceptedRisk !== null && html` Accepted risk: <b>${clip(acceptedRisk, mostLetters)}</b>.`}
<small>${bound}; <code>doorbuster verify</code> says whether it stands.</small></p>`
}
