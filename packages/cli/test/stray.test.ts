import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isOurs } from '../src/stray.ts'

const packages = fileURLToPath(new URL('../..', import.meta.url))
const stack = (...places: readonly string[]): string =>
  ['TypeError: x is not a function', ...places.map((place) => `    at ${place}`)].join('\n')

test.each([
  [
    'all places are ours',
    stack(`Crowd.leave (file://${packages}generator/src/crowd.ts:72:8)`, `file://${packages}cli/src/rehearse.ts:9:1`),
    true,
  ],
  [
    'Node is in between',
    stack(`Crowd.leave (file://${packages}generator/src/crowd.ts:72:8)`, 'listOnTimeout (node:internal/timers:605:17)'),
    true,
  ],
  [
    'the plan is among them',
    stack(`ShopperSession.get (file://${packages}generator/src/shopper-session.ts:60:3)`, 'file:///srv/ada/plan.ts:5:11'),
    false,
  ],
  ['a package of the plan is', stack('parse (/srv/ada/node_modules/faker/index.js:1:1)'), false],
  ['there is no place', 'Error: out of nowhere', false],
])('an error is ours only when its stack leads nowhere else: %s', (_, text, expected) => expect(isOurs(text)).toBe(expected))
