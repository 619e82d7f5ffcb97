// The text that a metrics page is written in → its samples. Reads what is wanted and skips the rest; what cannot be read is counted, never thrown.
// Prometheus' text format 0.0.4 and OpenMetrics 1.0: https://prometheus.io/docs/instrumenting/exposition_formats/ ·
// https://prometheus.io/docs/specs/om/open_metrics_spec/
//
//   # TYPE family counter
//   name{label="value",…} value [timestamp] [# exemplar]
//
// Timestamps and exemplars are left out: a reading is of the second in which it was made.

export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped'

export type ExpositionSample = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** NaN and the infinities as the page has them. */
  readonly value: number
}

export type Exposition = {
  readonly samples: readonly ExpositionSample[]
  /** By the family's name; OpenMetrics leaves `_total` out of a counter's. */
  readonly types: ReadonlyMap<string, FamilyType>
  readonly badLines: number
  /** More samples were wanted than are kept. */
  readonly isCut: boolean
}

const longestLine = 16_384
const mostLabels = 64
const mostTypes = 20_000

/** Of the samples at most `most` whose name is wanted, in the page's order. */
export function readExposition(text: string, isWanted: (name: string) => boolean, most: number): Exposition {
  const samples: ExpositionSample[] = []
  const types = new Map<string, FamilyType>()
  let badLines = 0
  for (const line of linesOf(text)) {
    if (line?.startsWith('#') === true) readType(line, types)
    else {
      const read = line === null ? 'bad' : sampleOrNot(line, isWanted)
      if (read === 'bad') badLines++
      else if (read !== 'nothing' && samples.push(read) > most) return { samples: samples.slice(0, most), types, badLines, isCut: true }
    }
  }
  return { samples, types, badLines, isCut: false }
}

/** Null for a line that is longer than any should be. */
function* linesOf(text: string): Generator<string | null, void> {
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from)
    const to = found === -1 ? text.length : found
    yield to - from > longestLine ? null : text.slice(from, to)
    from = to + 1
  }
}

function sampleOrNot(line: string, isWanted: (name: string) => boolean): ExpositionSample | 'nothing' | 'bad' {
  const name = /^[A-Za-z_:][\w:]*/.exec(line)?.[0]
  if (name === undefined) return line.trim() === '' ? 'nothing' : 'bad'
  return isWanted(name) ? (sampleIn(line, name) ?? 'bad') : 'nothing'
}

const known: ReadonlyMap<string, FamilyType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
])

function readType(line: string, types: Map<string, FamilyType>): void {
  if (types.size >= mostTypes) return
  const [, name, type] = /^#[ \t]+TYPE[ \t]+([A-Za-z_:][\w:]*)[ \t]+(\w+)\s*$/.exec(line) ?? []
  if (name !== undefined) types.set(name, known.get(type ?? '') ?? 'untyped')
}

/** Null for a line that is no sample. */
function sampleIn(line: string, name: string): ExpositionSample | null {
  const afterName = skipBlanks(line, name.length)
  const labelled = line[afterName] === '{' ? labelsIn(line, afterName + 1) : { labels: {}, at: afterName }
  if (labelled === null) return null
  const [word, ...rest] = line.slice(labelled.at).trim().split(/\s+/)
  const value = word === undefined ? null : numberIn(word)
  const isPlain =
    rest.length === 0 || rest[0] === '#' || (/^-?[\d.]+(?:e[+-]?\d+)?$/i.test(rest[0] ?? '') && (rest.length === 1 || rest[1] === '#'))
  return value === null || !isPlain ? null : { name, labels: labelled.labels, value }
}

const pair = /[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,?)/y

/** From behind the "{" to behind the "}". */
function labelsIn(line: string, start: number): { readonly labels: Readonly<Record<string, string>>; readonly at: number } | null {
  const labels: [string, string][] = []
  let at = skipBlanks(line, start)
  while (line[at] !== '}') {
    if (labels.length >= mostLabels) return null
    pair.lastIndex = at
    const [, label, value = '', comma] = pair.exec(line) ?? []
    if (label === undefined || labels.some(([name]) => name === label)) return null
    labels.push([label, value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))])
    at = skipBlanks(line, pair.lastIndex)
    if (comma === '' && line[at] !== '}') return null
  }
  return { labels: Object.fromEntries(labels), at: at + 1 }
}

function skipBlanks(line: string, from: number): number {
  let at = from
  while (line[at] === ' ' || line[at] === '\t') at++
  return at
}

function numberIn(word: string): number | null {
  if (/^[+-]?inf(?:inity)?$/i.test(word)) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(word)) return Number.NaN
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : null
}
