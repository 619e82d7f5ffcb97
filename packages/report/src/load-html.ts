// The HTML renderer, loaded when a page is to be written: what draws it is most of this package, and a run that is sending should not
// carry it.
import type { Report } from './report.ts'

/** Resolves to the renderer: one self-contained page as text. */
export async function loadHtml(): Promise<(report: Report) => string> {
  const { renderHtml } = await import('./html.ts')
  return renderHtml
}
