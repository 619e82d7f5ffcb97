// How the first sheet of paper is parted: what the answer with its lights and signatures takes, and what is left for what there is to do.
// Estimates, rounded up. Knows nothing of markup.
import type { Lights } from '@doorbuster/verdict'
import type { Report } from '../report.ts'
import { answer } from '../words/answer.ts'
import { linesPt } from './paper.ts'
import { signaturesPt } from './signature-section.ts'

/** A4 between its margins, less the headings of both parts and of their lists, with something to spare. */
const sheetPt = 610

export type FirstSheet = { readonly actionsPt: number; readonly sentencesPt: number }

export function firstSheet(report: Report): FirstSheet {
  const roomPt = Math.max(150, sheetPt - answerPt(report))
  return { actionsPt: roomPt * 0.68, sentencesPt: roomPt * 0.2 }
}

function answerPt({ summary, ...report }: Report): number {
  const [first = '', ...others] = answer({ summary, ...report })
  const kickerPt = linesPt(summary.name, 70)
  const sentencesPt = 1.6 * linesPt(first, 75) + others.reduce((sum, sentence) => sum + 3 + 1.3 * linesPt(sentence, 95), 0)
  return 60 + kickerPt + sentencesPt + lightsPt(summary.lights) + signaturesPt(report)
}

/** Four columns of small print. */
function lightsPt(lights: Lights | undefined): number {
  if (lights === undefined) return 0
  const texts = Object.values(lights).map(({ because }) => because.length + 32)
  return 45 + Math.max(...texts.map((length) => 10 * Math.ceil(length / 28)))
}
