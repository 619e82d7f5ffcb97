import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { capacityJsonSchema, readCapacity } from '../../src/capacity/capacity-form.ts'
import { concludeCapacity } from '../../src/capacity/conclude.ts'
import { asked, level } from '../support/simulated-target.ts'

const published: unknown = JSON.parse(readFileSync(new URL('../../../cli/schema/capacity.schema.json', import.meta.url), 'utf8'))
const stored = () =>
  JSON.parse(JSON.stringify(concludeCapacity(asked({ forecastPerSec: 5 }), [level({ ratePerSec: 10 })], { finished: true, stopped: null })))

test('the published schema is the one that this code makes', () => {
  expect(capacityJsonSchema()).toEqual(published)
})

test('a result as it is stored passes, and one that lacks a part does not', () => {
  const schema = z.fromJSONSchema(capacityJsonSchema())
  expect(schema.safeParse(stored()).error?.issues).toBeUndefined()
  for (const key of Object.keys(stored())) {
    const { [key]: _, ...rest } = stored()
    expect(schema.safeParse(rest).success, key).toBe(false)
    expect(readCapacity(rest), key).toHaveProperty('damage')
  }
})

test('what is wrong with a file is told with its place', () => {
  expect(readCapacity({ ...stored(), levels: [{ ...stored().levels[0], standing: 'fine' }] })).toEqual({
    damage: expect.stringContaining('levels.0.standing'),
  })
  expect(readCapacity('text')).toEqual({ damage: expect.stringContaining('the whole') })
  expect(readCapacity(stored())).toHaveProperty('result.finished', true)
})
