// The commands beside `run`: shape, check, report, init, demo.
import type { Summary } from '@doorbuster/verdict'
import { expect, test } from 'vitest'
import { startShop } from '../../examples/shop/start.ts'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { runDoorbuster } from '../support/program.ts'
import { answering } from '../support/servers.ts'

const doorbuster = runInProcess

test('shape prints due times, one a line, in ms', async () => {
  using folder = testFolder()
  const { stdout, exitCode } = await doorbuster(['shape', 'hold 4/s for 1s; burst 2', '--due', '10'], folder.path)
  expect([exitCode, stdout]).toEqual([0, '250\n500\n750\n1000\n1000\n1000\n'])
})

test('shape says total, peak and what each stage owes', async () => {
  using folder = testFolder()
  const shape = 'baseline: hold 20/s for 10s; ramp to 80/s over 10s; burst 50'
  const { stdout } = await doorbuster(['shape', shape, '--json'], folder.path)
  const { arrivals, stages, phases, arrivalsHash } = JSON.parse(stdout) as Record<string, unknown>
  expect(arrivals).toBe(200 + 500 + 50)
  expect((stages as { arrivals: number }[]).map((stage) => stage.arrivals)).toEqual([200, 500, 50])
  expect(phases).toEqual([{ name: 'baseline', startMs: 0, lastingMs: 10_000, arrivals: 200 }])
  expect(arrivalsHash).toMatch(/^[0-9a-f]{64}$/)
  const drawn = await doorbuster(['shape', shape], folder.path)
  expect(drawn.stdout).toContain('750 arrivals in 20 s')
})

test('shape reads curves from a file beside it, and lists the presets', async () => {
  using folder = testFolder()
  folder.write('day.csv', 'seconds,ratePerSec\n0,10\n10,30\n')
  const curve = await doorbuster(['shape', 'curve day.csv times 2', '--json'], folder.path)
  expect(JSON.parse(curve.stdout)).toMatchObject({ arrivals: 400 })
  const { stdout } = await doorbuster(['shape', '--presets'], folder.path)
  expect(stdout.match(/^[a-z0-9-]+:/gm)?.length).toBe(15)
  const preset = await doorbuster(['shape', 'preset click-frenzy-2012 at 300/s', '--json'], folder.path)
  expect((JSON.parse(preset.stdout) as { peak: { perSec: number } }).peak.perSec).toBeCloseTo(600, 0)
})

test('check judges a folder again, by its own objectives or by others, and writes nothing', async () => {
  using folder = testFolder()
  await using shop = await answering({ answerMs: 20 })
  const ran = await doorbuster(['run', shop.url, '-R', '50/s', '-d', '1s', '--slo', 'p(50) < 5s', '--folder', 'run'], folder.path)
  const before = folder.read('run/summary.json')
  const same = await doorbuster(['check', 'run'], folder.path)
  const stricter = await doorbuster(['check', 'run', '--slo', 'p(50) < 1ms', '--json'], folder.path)
  expect(same.exitCode).toBe(ran.exitCode)
  expect([95, 99]).toContain(stricter.exitCode)
  expect((JSON.parse(stricter.stdout) as Summary).objectives).toMatchObject([{ text: 'p(50) < 1ms', status: 'missed' }])
  expect(folder.read('run/summary.json')).toBe(before)
})

test('report rebuilds the very summary that the run wrote', async () => {
  using folder = testFolder()
  await using shop = await answering()
  await doorbuster(['run', shop.url, '--shape', 'a: hold 50/s for 1s; b: burst 10', '--folder', 'run'], folder.path)
  const before = folder.read('run/summary.json')
  folder.write('run/summary.json', 'gone')
  expect((await doorbuster(['report', 'run', '-q'], folder.path)).exitCode).toBe(0)
  expect(JSON.parse(folder.read('run/summary.json'))).toEqual(JSON.parse(before))
})

test('init writes a plan that runs as it stands', async () => {
  using folder = testFolder()
  const shop = await startShop({ manner: 'hardened' })
  try {
    expect((await doorbuster(['init', '--target', shop.url], folder.path)).stdout).toContain('doorbuster run launch.plan.ts')
    const again = await doorbuster(['init'], folder.path)
    expect([again.exitCode, again.stderr.includes('not there yet')]).toEqual([104, true])
    const args = [
      'run',
      'launch.plan.ts',
      '--json',
      '-',
      '--shape',
      'baseline: hold 10/s for 1s; doors: burst 30; aftershock: hold 10/s for 1s',
    ]
    const { stdout, stderr } = await runDoorbuster(args, { cwd: folder.path })
    expect(stdout, stderr).toMatch(/^\{/)
    const { totals, steps } = JSON.parse(stdout) as Summary
    expect([totals.failed, totals.dropped]).toEqual([0, 0])
    expect(steps.map(({ name }) => name).sort()).toEqual(['account', 'cart', 'checkout', 'landing', 'login', 'product'])
  } finally {
    await shop.stop()
  }
})

test('the same plan as YAML, JSON and TypeScript sends the same', async () => {
  using folder = testFolder()
  await using shop = await answering()
  const data = {
    name: 'same',
    target: shop.url,
    traffic: 'doors: hold 20/s for 500ms',
    steps: [{ step: 'landing', get: '/' }],
    objectives: ['errors < 1% in doors'],
  }
  folder.write('plan.json', JSON.stringify(data))
  folder.write(
    'plan.yaml',
    `name: same\ntarget: ${shop.url}\ntraffic: "doors: hold 20/s for 500ms"\nsteps:\n  - { step: landing, get: / }\nobjectives:\n  - errors < 1% in doors\n`,
  )
  folder.write(
    'plan.ts',
    `import { hold, launch, shopper } from 'doorbuster'\nexport default launch({ name: 'same', target: '${shop.url}', traffic: [hold('20/s', '500ms', { phase: 'doors' })], shoppers: [shopper('visitor', { weight: 1 }, [{ step: 'landing', get: '/' }])], objectives: ['errors < 1% in doors'] })\n`,
  )
  const hashes = new Set<string>()
  for (const name of ['plan.json', 'plan.yaml', 'plan.ts']) {
    const { stdout, stderr } = await runDoorbuster(['run', name, '--json', '-'], { cwd: folder.path })
    expect(stdout, stderr).toMatch(/^\{/)
    const summary = JSON.parse(stdout) as Summary
    expect(summary.totals.ok).toBe(10)
    hashes.add(summary.planHash)
  }
  expect(hashes.size).toBe(1)
})
