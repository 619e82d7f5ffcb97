// A million spoilt responses, the same for every run: each read whole and in pieces, and each followed by a clean one where the reader
// says that the connection may be used again.
import { expect, test } from 'vitest'
import { ResponseReader } from '../src/response-reader.ts'
import { Dice } from './support/dice.ts'
import { Digest } from './support/digest.ts'
import { Mutant } from './support/mutant.ts'
import { vectors } from './vectors/all.ts'
import { mostBodyBytes, ok } from './vectors/vector.ts'

const cases = 1_000_000
const keepings = ['whole', 'none', 'whole', 'errors'] as const

const fitting = Object.values(vectors)
  .flat()
  .filter(({ bytes }) => bytes.length < 600)
// Answers three times as often as failures: a failure spoilt is a failure still.
const answers = fitting.filter(({ expected }) => !('cause' in expected))
const short = [...fitting, ...answers, ...answers]
const requests = short.map(({ method }, nth) => ({ method, keepBody: keepings[nth % keepings.length] ?? 'whole' }))
const sources = short.map(({ bytes }) => Buffer.from(bytes, 'latin1'))
const cleanRequest = { method: 'GET', keepBody: 'whole' } as const

test('a million spoilt responses end, come out the same in any pieces, and leave nothing for the next answer', () => {
  const dice = new Dice(20_121_120)
  const mutant = new Mutant(dice, sources)
  const clean = new Mutant(dice, sources)
  clean.length = clean.bytes.write(`${ok('X-Nth: second', 'Content-Length: 6')}second`)
  const reader = new ResponseReader(mostBodyBytes)
  const whole = new Digest()
  const pieces = new Digest()
  const again = new Digest()
  const next = new Digest()
  const awaited = new Digest().read(new ResponseReader(mostBodyBytes), clean, cleanRequest, dice, 1)
  const ends = { answered: 0, followed: 0, broken: 0 }
  const describe = (): string => JSON.stringify(mutant.bytes.toString('latin1', 0, mutant.length))

  for (let nth = 0; nth < cases; nth++) {
    const which = dice.below(sources.length)
    const request = requests[which] ?? cleanRequest
    mutant.next(sources[which] as Buffer)
    whole.read(reader, mutant, request, dice, 0)
    pieces.read(reader, mutant, request, dice, 1 << dice.below(7))
    if (whole.cause === '') {
      // What the reader remembers of a head must mean the same when that head comes again.
      again.read(reader, mutant, request, dice, 0)
      again.read(reader, mutant, request, dice, 0)
      if (!again.equals(whole)) expect(again, `${nth}, again: ${describe()}`).toEqual(whole)
    }
    if (!whole.equals(pieces)) expect(pieces, `${nth}: ${describe()}`).toEqual(whole)
    if (whole.cause !== '') ends.broken++
    else ends.answered++
    if (!pieces.isReusable || pieces.readBytes < mutant.length) continue
    ends.followed++
    next.read(reader, clean, cleanRequest, dice, 1 << dice.below(7))
    if (!next.equals(awaited)) expect(next, `after ${nth}: ${describe()}`).toEqual(awaited)
  }

  expect(awaited).toMatchObject({ cause: '', status: 200, bodyBytes: 6, isReusable: true, nth: 'second' })
  // Else it would have tried one thing alone.
  expect(ends.answered + ends.broken).toBe(cases)
  expect(Math.min(ends.answered, ends.broken)).toBeGreaterThan(cases / 5)
  expect(ends.followed).toBeGreaterThan(cases / 20)
})
