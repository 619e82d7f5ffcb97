// What the user gets wrong: one clear message each, the right exit code, nothing sent.
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { runDoorbuster } from '../support/program.ts'
import { answering } from '../support/servers.ts'

type Files = Readonly<Record<string, string>>

const told = async (args: readonly string[], files: Files = {}, run: typeof runInProcess = runInProcess) => {
  using folder = testFolder()
  for (const [name, text] of Object.entries(files)) folder.write(name, text)
  const { exitCode, stdout, stderr } = await run(args, folder.path)
  return { exitCode, stdout, stderr, lines: stderr.trim().split('\n'), names: folder.names() }
}

/** A plan in code is imported by the program itself, with its own meaning of `doorbuster`: that takes a process. */
const inOwnProcess: typeof runInProcess = async (args, cwd) => {
  const { exitCode, stdout, stderr } = await runDoorbuster(args, { cwd })
  return { exitCode: exitCode ?? -1, stdout, stderr }
}

test('a plan with five mistakes shows five problems', async () => {
  const plan = {
    name: 'five',
    target: 'ftp://127.0.0.1',
    trafic: 'typo',
    traffic: 'hold 20 for 1m',
    objectives: ['p(101) < 5ms', 'p(95) of nowhere < 1s'],
    steps: [{ step: 'landing', get: '/' }],
  }
  const { exitCode, lines } = await told(['run', 'plan.json'], { 'plan.json': JSON.stringify(plan) })
  expect(exitCode).toBe(104)
  expect(lines.map((line) => line.replace(/(?: line \d+|, column \d+|:).*/, '')).sort()).toEqual([
    'PLAN_INVALID objectives[0]',
    'PLAN_INVALID objectives[1]',
    'PLAN_INVALID target',
    'PLAN_INVALID traffic',
    'PLAN_INVALID trafic',
  ])
  for (const line of lines) expect(line).toMatch(/: expected .+, received .+/)
})

test('a mistake in a shape names line, column, what was expected and what stood there', async () => {
  const { exitCode, lines } = await told(['shape', 'hold 20/s for 1m\nramp too 80/s over 30s'])
  expect(exitCode).toBe(104)
  expect(lines).toEqual([expect.stringMatching(/^SHAPE_INVALID line 2, column 6: expected .*"to".*, received "too"$/)])
})

test('a public address is refused with 94, and the message is the entry to write', async () => {
  const { exitCode, stderr, names } = await told(['run', 'http://93.184.216.34/', '-R', '5/s', '-d', '1s'])
  expect(exitCode).toBe(94)
  expect(stderr).toContain('GUARD_REFUSED')
  const entry = JSON.parse(stderr.slice(stderr.indexOf('{'), stderr.lastIndexOf('}') + 1)) as { allow: object[] }
  expect(entry.allow[0]).toMatchObject({ host: '93.184.216.34', maxRate: '5/s' })
  expect(names).toEqual([])
})

test('a name without an entry is refused before it is looked up', async () => {
  const { exitCode, stderr } = await told(['run', 'http://shop.invalid/', '-R', '5/s', '-d', '1s'])
  expect(exitCode).toBe(94)
  expect(stderr).toMatch(/"shop\.invalid" .* has no entry for it[\s\S]*"host": "shop\.invalid"/)
})

test('an entry as suggested, with a contact, for another day, does not open the door', async () => {
  const allow = { allow: [{ host: '93.184.216.34', from: '2020-01-01', until: '2020-01-08', maxRate: '5/s', contact: 'ops@shop.test' }] }
  const { exitCode, stderr } = await told(['run', 'http://93.184.216.34/', '-R', '5/s', '-d', '1s'], {
    'doorbuster.allow.json': JSON.stringify(allow),
  })
  expect(exitCode).toBe(94)
  expect(stderr).toContain('ended on 2020-01-08')
})

test.each([
  [['--max-rate', '10/s'], 'hard cap of 10/s'],
  [['--max-duration', '500ms'], 'hard cap of 0.5 s'],
])('a hard cap by flag holds on this machine too: %j', async (flags, said) => {
  await using shop = await answering()
  const { exitCode, stderr } = await told(['run', shop.url, '-R', '50/s', '-d', '1s', ...flags])
  expect([exitCode, shop.seen()]).toEqual([94, 0])
  expect(stderr).toContain(said)
})

test('a hard cap on the rate holds a journey to it in requests, not in arrivals', async () => {
  await using shop = await answering()
  const plan = {
    name: 'many',
    target: shop.url,
    traffic: 'hold 10/s for 30s',
    steps: Array.from({ length: 5 }, (_, i) => ({ step: `s${i}`, get: `/${i}` })),
  }
  const { exitCode } = await told(['run', 'plan.json', '--max-rate', '20/s'], { 'plan.json': JSON.stringify(plan) })
  expect(exitCode).toBe(94)
  expect(shop.seen()).toBeLessThan(300)
})

test.each([
  [['run'], /missing required argument/],
  [['run', 'nowhere.ts'], /USAGE_INVALID .*nowhere\.ts: expected a readable plan file, received ENOENT/],
  [['run', 'plan'], /USAGE_INVALID plan: expected a URL, or a plan file that ends in \.ts/],
  [['run', '127.0.0.1:4000/x', '-R', '5/s'], /expected a URL with its scheme, such as "http:\/\/127\.0\.0\.1:4000\/x"/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '-o', 'junit=-'], /USAGE_INVALID --output/],
  [['run', 'http://127.0.0.1:1/'], /expected one of -R <rate>/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '-c', '5'], /received -c and -R/],
  [
    ['run', 'http://127.0.0.1:1/', '-R', '500'],
    /USAGE_INVALID --rate: expected a rate above zero that says per what, such as "500\/s", received "500"/,
  ],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '-d', '0s'], /USAGE_INVALID --duration/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '--slo', 'p95 < 5parsecs'], /--slo|objectives\[0\]/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '-H', 'no colon'], /USAGE_INVALID --header/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '-o', 'pdf=x'], /USAGE_INVALID --output: expected type=file with one of/],
  [['run', 'http://127.0.0.1:1/', '-R', '5/s', '--seed', '-1'], /--seed/],
  [['run', 'ftp://127.0.0.1/', '-R', '5/s'], /PLAN_INVALID target/],
  [['frobnicate'], /unknown command/],
  [['check', 'nowhere'], /expected a run folder with a plan\.json in it/],
  [['shape', 'plan.yaml'], /ENOENT/],
  [['init', 'plan.txt'], /USAGE_INVALID init/],
])('%j ends with 104 and says why', async (args, said) => {
  const { exitCode, stderr } = await told(args)
  expect(exitCode).toBe(104)
  expect(stderr).toMatch(said)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('a plan whose code throws while it loads is a mistake of the plan, with its place', async () => {
  const { exitCode, stderr } = await told(
    ['run', 'plan.ts'],
    { 'plan.ts': 'throw new TypeError("oh no")\nexport default 1\n' },
    inOwnProcess,
  )
  expect(exitCode).toBe(104)
  expect(stderr).toMatch(/PLAN_INVALID .*plan\.ts: expected a plan that loads, received TypeError: oh no/)
})

test('broken YAML is told with its place', async () => {
  const { exitCode, stderr } = await told(['run', 'plan.yaml'], { 'plan.yaml': 'name: [unclosed\n' })
  expect(exitCode).toBe(104)
  expect(stderr).toMatch(/PLAN_INVALID .*plan\.yaml, character \d+: expected YAML/)
})

test('a journey that never works ends with 107', async () => {
  await using shop = await answering()
  const plan = `import { launch, shopper } from 'doorbuster'
export default launch({ name: 'broken', target: '${shop.url}', traffic: 'hold 50/s for 1s',
  shoppers: [shopper('clumsy', async (s) => { await s.get('/'); throw new Error('no such thing') })] })`
  const { exitCode, stderr } = await told(['run', 'plan.ts'], { 'plan.ts': plan }, inOwnProcess)
  expect(exitCode).toBe(107)
  expect(stderr).toContain('all threw')
})
