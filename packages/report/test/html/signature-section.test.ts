import type { SignOff } from '@doorbuster/measurements'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textOf } from '../../src/html/markup.ts'
import { signatureSection } from '../../src/html/signature-section.ts'
import { renderMarkdown } from '../../src/markdown.ts'
import { anyText } from '../support/hostile.ts'
import { sampleReport } from '../support/sample-report.ts'

const signOff: SignOff = {
  as: 'release owner',
  signedAt: '2026-11-21T12:00:00.000Z',
  until: '2026-12-01T23:59:59.999Z',
  verdict: 'no-go',
  acceptedRisk: 'the old login is slow',
  known: [],
  inputs: { planHash: 'a', seed: 1, arrivalsHash: null, target: 'x', shape: null, doorbuster: '0.1.0' },
  evidence: {},
  follows: null,
  by: '0.1.0',
}
const report = sampleReport()
const signed = (...signOffs: readonly SignOff[]) => ({ ...report, signature: { schema: 'doorbuster/signature@1', signOffs } as const })
const markup = (...signOffs: readonly SignOff[]): string => textOf(signatureSection(signed(...signOffs)))

test('a run that nobody signed says nothing of it', () => {
  expect(signatureSection(report)).toBe(null)
  expect(renderMarkdown(report)).not.toContain('Signed')
})

test('the latest comes first, and a statement is told from proof', () => {
  const proven = { ...signOff, as: 'security', acceptedRisk: null, proof: { publicKey: 'p', ed25519: 's' } }
  const text = markup(signOff, proven)
  expect(text.indexOf('security')).toBeLessThan(text.indexOf('release owner'))
  expect(text).toMatch(/security.*\n.*\n.*proven by an Ed25519 key/)
  expect(text).toContain('Accepted risk: <b>the old login is slow</b>.')
  expect(text).toContain('a statement bound to the files by their hashes, without a key')
})

test('five are shown, and how many more there are', () => {
  const text = markup(...Array.from({ length: 8 }, () => signOff))
  expect(text.match(/Signed by/g)).toHaveLength(5)
  expect(text).toContain('3 earlier in signature.json')
})

test('whatever somebody signs as, and accepts, adds no element', () => {
  const tags = (text: string): number => [...text.matchAll(/<[a-z!/]/gi)].length
  const plain = tags(markup(signOff))
  fc.assert(
    fc.property(anyText, anyText, (as, risk) => {
      expect(tags(markup({ ...signOff, as, acceptedRisk: risk }))).toBe(plain)
    }),
  )
})
