import { describe, expect, test } from 'vitest'
import { inScope, namesOf } from '../src/objective-scope.ts'
import { parseObjective } from '../src/parse-objective.ts'
import type { Shopper } from '../src/plan.ts'
import { parseThink } from '../src/think.ts'

const buyer: Shopper = {
  kind: 'journey',
  name: 'buyer',
  weight: 1,
  steps: ['landing', 'mobile-check'],
  journey: async (s) => {
    await s.get('/', { step: 'landing' })
    // As sessions will have it: s.group('checkout', …)
    s.check('late-step', true)
  },
}
// A literal of code survives no build step that a test could rely on, so the text says what a journey would.
const grouped: Shopper = {
  ...buyer,
  journey: Object.assign(async () => {}, { toString: () => "s.group('checkout', work); s.group('landing', work)" }),
}
const device = (name: string) => ({ name, shareRatio: 0.5, rtt: parseThink('25ms'), downBytesPerSec: null })
const looker: Shopper = { kind: 'steps', name: 'looker', weight: 1, steps: ['landing'], requests: [] }
const withDevices: Shopper = { ...looker, name: 'phones', devices: [device('mobile'), device('desktop')] }

const meant = (text: string, ...shoppers: readonly Shopper[]): string => {
  const found = inScope(parseObjective(text), namesOf(shoppers, false))
  return typeof found === 'string' ? found : found.text
}

describe('a name after "of"', () => {
  test.each([
    ['p(95) of landing < 1s', 'p(95) of landing < 1s'],
    ['p(95) of buyer < 1s', 'p(95) of class buyer < 1s'],
    ['p(95) of mobile < 1s', 'p(95) of device mobile < 1s'],
    ['p(95) of checkout < 1s', 'p(95) of group checkout < 1s'],
    ['p(95) of group landing < 1s', 'p(95) of group landing < 1s'],
    ['p(95) of answered-by cache < 1s', 'p(95) of answered-by cache < 1s'],
    ['finished of buyer > 99%', 'finished of class buyer > 99%'],
  ])('%s means %s', (text, canonical) => {
    expect(meant(text, grouped, looker, withDevices)).toBe(canonical)
    // Said exactly it means itself: a stored plan reads its objectives again.
    expect(meant(canonical, grouped, looker, withDevices)).toBe(canonical)
  })

  test('is a step before it is anything else', () => {
    expect(meant('p(95) of landing < 1s', grouped, { ...looker, name: 'landing' })).toBe('p(95) of landing < 1s')
  })

  test('that only the run can tell is a step', () => {
    expect(meant('p(95) of late-step < 1s', buyer, looker)).toBe('p(95) of late-step < 1s')
  })

  test('of those who mean harm, and of those who do not, are classes where a plan has both', () => {
    const bots: Shopper = { ...looker, name: 'bots', hostile: true }
    expect(meant('p(95) of "(legitimate)" < 1s', looker, bots)).toBe('p(95) of class "(legitimate)" < 1s')
    expect(meant('p(95) of class "(legitimate)" < 1s', looker, buyer)).toBe('one of the classes "looker" or "buyer"')
  })

  test('of the only class narrows nothing', () => {
    expect(meant('p(95) of class buyer < 1s', buyer)).toBe('p(95) < 1s')
  })

  test.each([
    [
      'p(95) of mobil < 1s',
      'one of the steps "landing" or "mobile-check", or one of the classes "buyer", "looker" or "phones", or one of the devices "mobile" or "desktop" (did you mean "mobile"?)',
    ],
    ['finished of landing > 99%', 'one of the classes "buyer", "looker" or "phones", or one of the devices "mobile" or "desktop"'],
    [
      'amplification of checkout < 2',
      'one of the steps "landing" or "mobile-check", or one of the classes "buyer", "looker" or "phones", or one of the devices "mobile" or "desktop"',
    ],
    ['p(95) of device fridge < 1s', 'one of the devices "mobile" or "desktop"'],
    ['p(95) of group basket < 1s', 'a group that a journey has'],
  ])('%s that nobody has is told with the names there are', (text, expected) => {
    expect(meant(text, grouped, looker, withDevices)).toBe(expected)
  })

  test('of a device is refused where the plan has none', () => {
    expect(meant('p(95) of device mobile < 1s', looker)).toBe('no device, because the plan has none')
  })
})
