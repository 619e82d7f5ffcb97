import { expect, test } from 'vitest'
import type { Past } from '../src/history.ts'
import { historyForTerminal } from '../src/history.ts'

test('in a terminal each list of rehearsals has its name once', () => {
  const unreadable = [{ folder: 'torn', because: 'no JSON' }]
  const past: Past = { schema: 'doorbuster/history@1', runs: [], unreadable, lastRehearsal: null, maxAgeMs: 1, isReady: false }
  expect(historyForTerminal(past, { colour: false, width: 80 }).match(/^Unreadable$/gm)).toHaveLength(1)
})
