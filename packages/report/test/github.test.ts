import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotation, githubOutputs, remarksOf, stepOutputs } from '../src/github.ts'
import { anyText, hostileTexts } from './support/hostile.ts'
import { sampleReport } from './support/sample-report.ts'

/** As the runner reads the file: `name=value`, or all lines up to the delimiter. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n')
  const found: Record<string, string> = {}
  for (let line = lines.shift(); line !== undefined && line !== ''; line = lines.shift()) {
    const [, name = '', delimiter = ''] = /^([\w-]+)<<(.+)$/.exec(line) ?? []
    const end = lines.indexOf(delimiter)
    expect(end).toBeGreaterThanOrEqual(0)
    found[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n')
  }
  return found
}

test('any value comes back as it was, and makes no output of its own', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(readOutputs(githubOutputs({ name: text, after: 1 }, 'end-5f1c'))).toEqual({ name: text.toWellFormed(), after: '1' })
    }),
    { examples: [...hostileTexts, 'a\nverdict=go', 'x\nend\ny<<end\nz\nend'].map((text) => [text]) },
  )
})

test('a value that holds the delimiter is refused', () => {
  expect(() => githubOutputs({ name: 'x\nend\nverdict=go' }, 'end')).toThrow('delimiter')
})

test('an annotation is one line, whatever is in it, and its title ends where we end it', () => {
  fc.assert(
    fc.property(anyText, anyText, (title, text) => {
      const line = annotation({ kind: 'error', title, text })
      expect(line.endsWith('\n')).toBe(true)
      expect(line.slice(0, -1)).not.toMatch(/[\r\n]/)
      expect(line).toMatch(/^::error title=[^:,]*::/)
    }),
    { examples: [['a,file=/etc/passwd::b', '%0A::set-output name=x::y']] },
  )
  expect(annotation({ kind: 'warning', title: 'p(95): 5%', text: '100%' })).toBe('::warning title=p(95)%3A 5%25::100%25\n')
})

test('every miss that decides is an error, one that warns a warning, and a go has no error', () => {
  const noGo = sampleReport({ verdict: 'no-go' })
  const missed = noGo.summary.objectives.filter(({ status, warnOnly }) => status !== 'met' && !warnOnly)
  expect(missed.length).toBeGreaterThan(0)
  expect(
    remarksOf(noGo)
      .filter(({ kind }) => kind === 'error')
      .map(({ title }) => title),
  ).toEqual(missed.map(({ text }) => text))
  expect(remarksOf(sampleReport({ verdict: 'go' })).filter(({ kind }) => kind === 'error')).toEqual([])
})

test('a run that may not go has an error, also when no objective was missed; of an instrument that failed it is the instrument', () => {
  const { summary } = sampleReport({ verdict: 'inconclusive' })
  expect(remarksOf({ summary: { ...summary, objectives: [] } })).toHaveLength(1)
  expect(remarksOf(sampleReport({ verdict: 'invalid' })).filter(({ kind }) => kind === 'error')[0]?.title).toMatch(/^instrument: /)
})

test('no more than ten of a kind are told', () => {
  const { summary } = sampleReport({ verdict: 'no-go' })
  const [one] = summary.objectives.filter(({ status }) => status === 'missed')
  const objectives = Array.from({ length: 40 }, (_, index) => ({ ...one, warnOnly: index % 2 === 0 })) as typeof summary.objectives
  expect(remarksOf({ summary: { ...summary, objectives } }).map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: 10 }, () => 'error'),
    ...Array.from({ length: 10 }, () => 'warning'),
  ])
})

test('what was never measured is an empty output, never 0', () => {
  const { summary } = sampleReport()
  const outputs = stepOutputs({ summary: { ...summary, responseMs: { ...summary.responseMs, p95: null } } })
  expect(readOutputs(githubOutputs(outputs, 'end'))['p95-ms']).toBe('')
})
