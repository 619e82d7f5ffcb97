// `-o html=` and its like: a file that is written when the run is over.
import type { Report } from '@doorbuster/report'
import { loadHtml, renderJunit, renderLoadPerformance, renderMarkdown } from '@doorbuster/report'
import type { Output } from './output.ts'

export type RenderingType = keyof typeof render

const render = {
  json: ({ summary }: Report) => `${JSON.stringify(summary, null, 2)}\n`,
  html: async (report: Report) => (await loadHtml())(report),
  markdown: renderMarkdown,
  junit: renderJunit,
  gitlab: renderLoadPerformance,
}

export function rendering(type: RenderingType, write: (text: string) => void): Output {
  return { end: async (report) => write(await render[type](report)) }
}
