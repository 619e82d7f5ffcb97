import { Recorder } from '@doorbuster/measurements'
import type { Answered } from '@doorbuster/wire'
import { expect, test } from 'vitest'
import type { Errand } from '../src/errand.ts'
import { answeredBy, Witness } from '../src/witness.ts'

const recorder = new Recorder((_, release) => release())
const answer = (status: number): Answered => ({ status, body: null, header: () => undefined }) as unknown as Answered
const errand = (): Errand => ({ answeredBy: null }) as unknown as Errand

test('an answer is laid at whoever gave it, in the phase of its shopper', () => {
  const seen = errand()
  new Witness(recorder, ({ status }) => `by ${status}`, 'doors', null).answered(answer(200), seen)
  expect(seen.answeredBy).toBe(answeredBy(recorder, 'by 200', 'doors'))
})

test('what a wall answers is stopped whatever its status, and so are 403 and 429 whoever says them', () => {
  const numbers: string[] = []
  const counting = { cut: () => null, number: (name: string) => numbers.push(name) } as unknown as Recorder
  const by = (who: string, status: number): void => new Witness(counting, () => who, null, 'hostile').answered(answer(status), errand())
  by('waf', 200)
  by('application', 403)
  by('application', 429)
  by('application', 404)
  by('queue', 200)
  expect(numbers).toEqual(['hostile.stopped', 'hostile.stopped', 'hostile.stopped', 'hostile.passed', 'hostile.passed'])
})
