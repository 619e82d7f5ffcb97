// What a page has of its own: the metrics that its authors count, beside the usual ones of machines and language runtimes.
import type { SeriesRule } from '@doorbuster/plan'
import { parseSeries } from '@doorbuster/plan'
import { readExposition } from './exposition.ts'

/** Of machines, languages and scraping itself: some of these are usual series, and the rest says nothing to who runs a sale. */
const foreign =
  /^(?:node|go|process|nodejs|python|jvm|jdk|promhttp|scrape|prometheus|dotnet|ruby|php|system|apt|net_conntrack_dialer|logback|executor|tomcat|_)/

/** More series than this are of a kind of thing (a product, a disk), not one figure. */
const mostSeriesEach = 12
const mostRead = 20_000

/** Counters and gauges in the page's order, the series of each added up, by name without `_total`. Histograms are left to who names them. */
export function ownMetrics(text: string, wanted: ReadonlySet<string>): readonly (readonly [string, SeriesRule])[] {
  const { samples, types } = readExposition(text, (name) => !foreign.test(name) && !wanted.has(name), mostRead)
  const counts = new Map<string, number>()
  for (const { name } of samples) counts.set(name, (counts.get(name) ?? 0) + 1)
  const chosen = [...counts].filter(([name, count]) => {
    const type = types.get(name) ?? types.get(name.replace(/_total$/, ''))
    return (type === 'counter' || type === 'gauge') && count <= mostSeriesEach && !/_(?:info|created)$/.test(name) && name.length <= 80
  })
  return chosen.map(([name]) => [name.replace(/_total$/, ''), parseSeries(name)])
}
