import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { concludeCapacity } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { testFolder } from '../../../../test/support/folders.ts'
import { silentWorld } from '../../../../test/support/silent-world.ts'
import { createCapacityFolder } from '../../src/capacity/capacity-folder.ts'
import { keepResult } from '../../src/capacity/keep-result.ts'

const nothingYet = concludeCapacity(
  {
    name: 'shop',
    target: 'http://127.0.0.1:4000',
    planHash: 'a',
    startedAt: '2026-11-20T08:00:00.000Z',
    per: 'requests',
    objectives: ['errors < 1%'],
    leftOut: [],
    levelMs: 20_000,
    coolDownMs: 5_000,
    fromPerSec: 10,
    ceiling: null,
    forecastPerSec: null,
    zones: null,
  },
  [],
  { finished: false, stopped: null },
)

test('a search whose folder can no longer be written says so once and goes on', () => {
  using home = testFolder()
  const world = silentWorld()
  const folder = join(home.path, 'search')
  createCapacityFolder(folder)
  const keep = keepResult(world, folder)
  keep(nothingYet)
  expect(JSON.parse(home.read('search/capacity.json'))).toMatchObject({ finished: false, levels: [] })
  rmSync(folder, { recursive: true })
  keep(nothingYet)
  keep(nothingYet)
  expect(world.output().match(/what was found could not be written there: ENOENT/g)).toHaveLength(1)
})
