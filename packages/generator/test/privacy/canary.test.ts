// Canaries and phone numbers: what is written is read again, whatever a shop does to its letters; and the search finds what a naive one finds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostRuns, readCanary, writeCanary } from '../../src/privacy/canary.ts'
import { findCanaries, findPhones } from '../../src/privacy/canary-search.ts'
import { readPhone, writePhone } from '../../src/privacy/phone.ts'

const canaries = fc.record({
  run: fc.integer({ min: 0, max: mostRuns - 1 }),
  owner: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  field: fc.integer({ min: 0, max: 25 }),
})

describe('a canary', () => {
  test('is twenty letters, and says whose it is, as it is and in capitals', () => {
    fc.assert(
      fc.property(canaries, (canary) => {
        const text = writeCanary(canary)
        expect(text).toMatch(/^[a-z]{20}$/)
        expect(readCanary(Buffer.from(text), 0)).toEqual(canary)
        expect(readCanary(Buffer.from(text.toUpperCase()), 0)).toEqual(canary)
      }),
    )
  })

  test('is no canary any more once one of its letters is another', () => {
    // 26³ checks: of a thousand such changes less than one passes by chance; with this seed none does.
    const changed = fc.tuple(canaries, fc.integer({ min: 0, max: 19 }), fc.integer({ min: 1, max: 25 }))
    fc.assert(
      fc.property(changed, ([canary, place, by]) => {
        const bytes = Buffer.from(writeCanary(canary))
        bytes[place] = 0x61 + (((bytes[place] ?? 0) - 0x61 + by) % 26)
        expect(readCanary(bytes, 0)).toBeNull()
      }),
      { seed: 4, numRuns: 1_000 },
    )
  })

  test('comes through JSON, HTML and URLs as it is', () => {
    const canary = writeCanary({ run: 7, owner: 12, field: 1 })
    expect(JSON.stringify({ email: `${canary}@example.com` })).toContain(canary)
    expect(encodeURIComponent(`${canary}@example.com`)).toContain(canary)
  })
})

describe('the search', () => {
  const filler = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    // What almost is one.
    fc.constantFrom('zqj', 'czqj', 'CZQJ', 'ZQJ', 'czqjaaaaaaaaaaaaaaaa', '999', '+999', 'c'),
  )
  const piece = fc.oneof(
    filler.map((text) => ({ text, owner: null })),
    fc.tuple(canaries, fc.constantFrom('lower', 'upper', 'first')).map(([canary, how]) => {
      const text = writeCanary(canary)
      const written = how === 'lower' ? text : how === 'upper' ? text.toUpperCase() : text.charAt(0).toUpperCase() + text.slice(1)
      return { text: written, owner: canary.owner }
    }),
  )

  test('finds every canary that was put in, and reads at every place what a search byte by byte reads', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bytes = Buffer.from(pieces.map(({ text }) => text).join(''))
        const naive: number[] = []
        for (let at = 0; at < bytes.length; at++) if (readCanary(bytes, at) !== null) naive.push(at)
        const found = findCanaries(bytes)
        expect(found.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual(naive)
        const owners = new Set(found.map(({ owner }) => owner))
        for (const { owner } of pieces) if (owner !== null) expect(owners).toContain(owner)
      }),
    )
  })
})

describe('of a viewer', () => {
  const [run, viewer] = [7, 1]
  const own = writeCanary({ run, owner: viewer, field: 2 })
  const foreign = writeCanary({ run, owner: 2, field: 2 })
  const earlier = writeCanary({ run: 8, owner: 1, field: 2 })

  test('what stands behind two thousand of his own is found, and none of his own is', () => {
    const page = Buffer.from(`${`${own} `.repeat(2_000)}${foreign}`)
    expect(findCanaries(page, run, viewer).map(({ owner }) => owner)).toEqual([2])
  })

  test('what earlier rehearsals left behind hides nothing either, and a hundred of them are enough', () => {
    const found = findCanaries(Buffer.from(`${`${earlier} `.repeat(2_000)}${foreign}`), run, viewer)
    expect(found.filter((hit) => hit.run === run)).toHaveLength(1)
    expect(found).toHaveLength(101)
  })

  test('of other shoppers’ a thousand are enough', () => {
    expect(findCanaries(Buffer.from(`${foreign} `.repeat(2_000)), run, viewer)).toHaveLength(1_000)
  })

  test('a phone number behind two thousand of his own is found', () => {
    const page = Buffer.from(`${`${writePhone(run, viewer)} `.repeat(2_000)}${writePhone(run, 2)}`)
    expect(findPhones(page, run, viewer).map(({ owner }) => owner)).toEqual([2])
  })
})

describe('a phone number', () => {
  const owners = fc.integer({ min: 1, max: 1e8 - 1 })
  const runs = fc.integer({ min: 0, max: mostRuns - 1 })

  test('has fifteen digits under a country code that nobody has, and says whose it is, however it is grouped', () => {
    fc.assert(
      fc.property(owners, runs, fc.constantFrom('', ' ', '-', '.'), fc.integer({ min: 1, max: 6 }), (owner, run, gap, every) => {
        const text = writePhone(run, owner)
        expect(text).toMatch(/^\+999\d{12}$/)
        const grouped = (text.slice(1).match(new RegExp(`.{1,${every}}`, 'g')) ?? []).join(gap)
        expect(readPhone(Buffer.from(grouped), 0, run)).toEqual({ owner, end: grouped.length })
        // Groups of one or two digits tear the mark apart; those are looked for only as they stand.
        if (gap === '' || every > 2) expect(findPhones(Buffer.from(`call ${grouped} now`), run).map((hit) => hit.owner)).toContain(owner)
      }),
    )
  })

  test('is none of another run, and not the beginning of a longer number', () => {
    const text = writePhone(41, 77)
    expect(readPhone(Buffer.from(text.slice(1)), 0, 42)).toBeNull()
    expect(readPhone(Buffer.from(`${text.slice(1)}0`), 0, 41)).toBeNull()
  })
})
