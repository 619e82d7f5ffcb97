// Whose load it is: every request says so, and a third party never gets any.
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster } from '../support/program.ts'
import { serve } from '../support/servers.ts'

test('every request carries the id of its run and who answers for it, from one thread and from two', async () => {
  using folder = testFolder()
  const seen: string[] = []
  await using shop = await serve(({ headers }, response) => {
    seen.push(`${headers['doorbuster-run']} ${headers['doorbuster-contact']}`)
    response.end('ok')
  })
  const plan = { name: 'tags', target: shop.url, traffic: 'burst 6', contact: 'Ada, ada@shop.example', steps: [{ get: '/' }] }
  folder.write('plan.json', JSON.stringify(plan))
  const ids: string[] = []
  for (const threads of ['1', '2']) {
    await runDoorbuster(['run', 'plan.json', '--threads', threads, '--folder', threads, '-q'], { cwd: folder.path })
    const { runId, planHash } = JSON.parse(folder.read(`${threads}/plan.json`)) as { readonly runId: string; readonly planHash: string }
    ids.push(runId)
    expect(folder.read(`${threads}/report.html`)).toContain(runId)
    expect(planHash).not.toContain(runId)
  }
  const [one, two] = ids
  expect(one).toMatch(/^[\da-f]{12}$/)
  expect(two).not.toBe(one)
  expect(seen).toEqual([...Array(6).fill(`${one} Ada, ada@shop.example`), ...Array(6).fill(`${two} Ada, ada@shop.example`)])
})

const paying = (target: string, rest = ''): string => `import { launch, shopper } from 'doorbuster'
const charge = 'charges'
export default launch({ name: 'pay', target: '${target}', traffic: 'burst 2', ${rest}
  shoppers: [shopper('buyer', async (s) => { await s.post('https://api.stripe.com/v1/' + charge, { step: 'pay', json: {} }) })] })`

test('a payment provider in a journey is refused before anything is sent, and a stub in the plan takes its place', async () => {
  using folder = testFolder()
  const paths: (string | undefined)[] = []
  await using shop = await serve((_, response) => response.end('ok'))
  await using stub = await serve(({ url }, response) => {
    paths.push(url)
    response.end('{}')
  })
  folder.write('plan.ts', paying(shop.url))
  const refused = await runDoorbuster(['run', 'plan.ts'], { cwd: folder.path })
  expect(refused.exitCode).toBe(94)
  expect(refused.stderr).toContain('GUARD_REFUSED api.stripe.com')
  expect(refused.stderr).toContain('stubs')
  expect(folder.names()).toEqual(['plan.ts'])
  folder.write('plan.ts', paying(shop.url, `stubs: { 'api.stripe.com': '${stub.url}' },`))
  await runDoorbuster(['run', 'plan.ts', '--folder', 'run', '-q'], { cwd: folder.path })
  expect(paths).toEqual(['/v1/charges', '/v1/charges'])
  expect(shop.seen()).toBe(0)
})

test('a provider whose name a journey makes up ends the run before it is asked', async () => {
  using folder = testFolder()
  await using shop = await serve((_, response) => response.end('ok'))
  folder.write('plan.ts', paying(shop.url).replace('https://api.stripe.com', "https://' + 'api.stripe' + '.com"))
  const { exitCode, stderr } = await runDoorbuster(['run', 'plan.ts', '--folder', 'run'], { cwd: folder.path })
  expect(exitCode).toBe(94)
  expect(stderr).toContain('a payment provider')
})
