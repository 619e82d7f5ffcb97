import { expect, test } from 'vitest'
import { testFolder } from '../../../test/support/folders.ts'
import { planOfRun } from '../src/plan-of-run.ts'

const page = 'http://127.0.0.1:9100/metrics'
const none = { slo: [], header: [] }

test('objectives on the target of a plan without a metrics page are met by one of the command line, and refused without', async () => {
  using folder = testFolder()
  const objectives = ['target.cpu < 80%', 'p(95) < 1s']
  folder.write('plan.json', JSON.stringify({ name: 'sale', target: 'http://127.0.0.1:4000', traffic: 'hold 5/s for 2s', objectives }))
  await expect(planOfRun('plan.json', none, folder.path)).rejects.toThrow('objectives[0]: expected metrics in the plan (or --metrics)')
  const level = { ratePerSec: 20, lastingMs: 1_000, phase: null }
  for (const more of [{}, { atLevel: level }]) {
    const plan = await planOfRun('plan.json', { ...none, metrics: [page], ...more }, folder.path)
    expect([plan.metrics?.map(({ url }) => url), plan.objectives.map(({ text }) => text)]).toEqual([[page], objectives])
  }
})

test('of a bare URL they need one, whatever else is said', async () => {
  const flags = { slo: ['target.cpu < 80%'], rate: 5 }
  for (const header of [[], ['user-agent: me']])
    await expect(planOfRun('http://127.0.0.1:1/', { ...flags, header }, '.')).rejects.toThrow('expected metrics in the plan (or --metrics)')
})
