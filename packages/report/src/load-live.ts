// The live page, loaded in the thread that draws it alone: it carries the charting library.
import type * as page from './live/live-page.ts'

export type LivePage = Pick<typeof page, 'liveFrame' | 'liveParts'>

export async function loadLivePage(): Promise<LivePage> {
  const { liveFrame, liveParts } = await import('./live/live-page.ts')
  return { liveFrame, liveParts }
}
