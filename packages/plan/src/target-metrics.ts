// The metrics pages that are read beside a run: where they are, and which figures are made of them. As data alone; nothing is asked here.
import { z } from 'zod'
import { freeze } from './freeze.ts'
import { headersSchema } from './headers.ts'
import type { Problem } from './problems.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import type { SeriesRule } from './series.ts'
import { parseSeries } from './series.ts'
import { readTarget } from './target.ts'

/** One page in the text format of Prometheus, read each second. */
export type MetricsPage = {
  readonly url: string
  /** Unlike every other page's. */
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** Made of it beside what is looked for on every page, by name. */
  readonly series: Readonly<Record<string, SeriesRule>>
}

const mostPages = 16
const mostSeries = 40
const nameWords = 'a name of letters, digits, "-" and "_", which begins with a letter'
const nameForm = /^[A-Za-z][\w-]{0,39}$/
const seriesWords = 'how the figure is made, such as "max rate my_jobs_total" or "pool_busy / pool_size"'
const pageWords = 'the URL of a metrics page, or { url, name, series }'
const seriesListWords = `at most ${mostSeries} series by name, such as { pool: "pool_busy / pool_size" }`

const url = z
  .string({ error: pageWords })
  .transform(through(urlOf))
  .describe('Absolute http(s) URL of a page in the text format of Prometheus.')

const page = strict(
  {
    url,
    name: z
      .string({ error: nameWords })
      .regex(nameForm, { error: nameWords })
      .optional()
      .describe('What its figures are called by where there are several pages; its host and port by default.'),
    headers: headersSchema.optional().describe('Sent to this page alone.'),
    series: z
      .record(z.string().regex(nameForm, { error: nameWords }), z.string({ error: seriesWords }).transform(through(parseSeries)), {
        error: seriesListWords,
      })
      .refine((given) => Object.keys(given).length <= mostSeries, { error: seriesListWords })
      .optional()
      .describe('Figures made of it, beside those that are looked for on every page; a name of those replaces it.'),
  },
  pageWords,
)

const pagesWords = `a list of metrics pages, at most ${mostPages}, such as ["http://127.0.0.1:9100/metrics"]`

const pages = z.array(z.union([url, page], { error: pageWords }), { error: pagesWords }).max(mostPages, { error: pagesWords })

/** A page as it is written: its URL, or with what it is called, told and made into. */
export type MetricsInput = readonly (
  | string
  | {
      readonly url: string
      readonly name?: string | undefined
      readonly headers?: Readonly<Record<string, string | number>> | undefined
      readonly series?: Readonly<Record<string, string>> | undefined
    }
)[]

export const metricsSchema = pages
  .transform(through(namedPages))
  .describe("Metrics pages of the target's machines and programs, read each second of a run.")

function urlOf(given: string): string {
  const problems: Problem[] = []
  const read = readTarget(problems, '', given)
  if (read === undefined) throw new PlanError('PLAN_INVALID', problems)
  return read.href
}

function namedPages(given: z.output<typeof pages>): readonly MetricsPage[] {
  const read = given.map((each) => pageOf(typeof each === 'string' ? { url: each } : each))
  const twice = read.find(({ name }, index) => read.findIndex((other) => other.name === name) < index)
  if (twice === undefined) return freeze(read)
  throw new PlanError('PLAN_INVALID', [problem('', 'pages of different names', twice.name)])
}

function pageOf({ url: href, name, headers = {}, series = {} }: z.output<typeof page>): MetricsPage {
  return { url: href, name: name ?? new URL(href).host, headers: headers as MetricsPage['headers'], series }
}
