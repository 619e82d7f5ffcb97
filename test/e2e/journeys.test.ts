// Plans whose shoppers are code or need something from outside: setup and teardown, secrets, rows of data, packages beside the plan.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Summary } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster, startDoorbuster } from '../support/program.ts'
import type { TestServer } from '../support/servers.ts'
import { serve } from '../support/servers.ts'

const summaryIn = (folder: TestFolder, run = 'run'): Summary => JSON.parse(folder.read(`${run}/summary.json`)) as Summary

/** Keeps every path that it was asked for, with the body behind it. */
async function listening(asked: string[], status = 200): Promise<TestServer> {
  return await serve((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`)
      response.statusCode = request.url === '/bad' ? 500 : status
      response.end(JSON.stringify({ token: 't0k', echo: request.headers['x-echo'] ?? null }))
    })
  })
}

function writePlan(folder: TestFolder, target: string, rest: string, before = ''): void {
  folder.write(
    'plan.ts',
    `import { launch, secret, shopper } from 'doorbuster'\n${before}\nexport default launch({ name: 'drop', target: '${target}', ${rest} })`,
  )
}

const run = (folder: TestFolder, more: readonly string[] = [], env: Record<string, string> = {}) =>
  runDoorbuster(['run', 'plan.ts', '--folder', 'run', ...more], { cwd: folder.path, env })

describe('setup and teardown', () => {
  const asides = `
    setup: async (s) => ({ token: (await s.post('/open')).json('$.token'), list: [1] }),
    teardown: async (s, shared) => { await s.post('/close', { json: shared }) },`

  test.each([1, 2])('run once for %i threads, uncounted, and every shopper is given what setup returned', async (threads) => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    const journey = `async (s) => { await s.get('/' + s.shared.token + Object.isFrozen(s.shared.list)) }`
    writePlan(folder, shop.url, `${asides} traffic: 'burst 4 over 100ms', shoppers: [shopper('buyer', ${journey})]`)
    const { exitCode, stderr } = await run(folder, ['--threads', `${threads}`])
    expect([0, 95, 96], stderr).toContain(exitCode)
    expect(asked[0]).toBe('POST /open')
    expect(asked.slice(1, 5)).toEqual(Array.from({ length: 4 }, () => 'GET /t0ktrue'))
    expect(asked.slice(5)).toEqual(['POST /close {"token":"t0k","list":[1]}'])
    expect(summaryIn(folder).totals).toMatchObject({ due: 4, ok: 4 })
  })

  test('a setup that throws ends the run before anything is sent, and says why', async () => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    const setup = `setup: async (s) => { const { ok } = await s.get('/bad'); await s.think('400ms'); if (!ok) throw new Error('no stock to sell') }`
    writePlan(folder, shop.url, `${setup}, teardown: async (s) => { await s.get('/close') }, traffic: 'doors: hold 50/s for 2s'`)
    const { exitCode, stderr } = await run(folder)
    expect(exitCode).toBe(107)
    expect(stderr).toContain('Stopped: setup threw Error: no stock to sell')
    expect(stderr).toContain('teardown was left out: setup did not end well')
    expect(asked).toEqual(['GET /bad'])
    expect(summaryIn(folder).totals).toMatchObject({ due: 0, sent: 0 })
    // No phase began while the plan was set up.
    expect(folder.read('run/events.jsonl')).not.toContain('"phase"')
  })

  test('what setup returns has to be plain JSON', async () => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    writePlan(folder, shop.url, `setup: () => ({ at: [new Date(0)] }), traffic: 'hold 50/s for 2s'`)
    const { exitCode, stderr } = await run(folder)
    expect(exitCode).toBe(104)
    expect(stderr).toContain('PLAN_INVALID setup.at[0]: expected plain JSON')
    expect(stderr).toContain('received an object of class Date')
    expect(asked).toEqual([])
  })

  test('teardown runs after Ctrl-C too; that it throws is told, and costs nothing', async () => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    writePlan(
      folder,
      shop.url,
      `teardown: async (s) => { await s.get('/close'); throw new Error('cannot close') }, traffic: 'hold 20/s for 1m'`,
    )
    await using running = startDoorbuster(['run', 'plan.ts', '--folder', 'run', '-q'], { cwd: folder.path })
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    running.signal('SIGINT')
    const { exitCode, stderr } = await running.finished
    expect(exitCode).toBe(105)
    expect(asked.at(-1)).toBe('GET /close')
    expect(stderr).toContain('teardown threw Error: cannot close')
    expect(folder.read('run/events.jsonl')).toContain('teardown threw Error: cannot close')
    expect(folder.names('run')).toContain('summary.json')
  })
})

describe('secrets', () => {
  const token = 'hunter22/"x'

  test.each([1, 2])('reach the shop, and no file, report or message (%i threads)', async (threads) => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked, 500)
    const journey = `async (s) => {
      const token = secret('SHOP_TOKEN')
      await s.post('/p/' + encodeURIComponent(token), { json: { token }, headers: { 'x-echo': token } })
      s.check('has ' + token, false)
      throw new Error('the shop refused ' + token)
    }`
    const rest = `headers: { 'x-quiet': secret('SHOP_TOKEN') }, steps: undefined, traffic: 'burst 4',
      shoppers: [shopper('coder', ${journey}), shopper('walker', { weight: 1 }, [{ get: '/q?x=' + encodeURIComponent(secret('SHOP_TOKEN')), headers: { 'x-quiet': secret('SHOP_TOKEN') } }])]`
    writePlan(folder, shop.url, rest)
    const { stdout, stderr } = await run(folder, ['--threads', `${threads}`, '--seed', '3'], { SHOP_TOKEN: token })
    expect(asked.join('\n')).toContain(encodeURIComponent(token))
    const written = folder.names('run').map((name) => folder.read(`run/${name}`))
    const all = [...written, stdout, stderr].join('\n')
    expect(all).not.toContain('hunter22')
    expect(all).toContain('the shop refused •••')
  })

  test('leave the plan’s hash as it is, and one that is missing is a mistake with its name', async () => {
    using folder = testFolder()
    await using shop = await listening([])
    writePlan(
      folder,
      shop.url,
      `traffic: 'burst 1', steps: [{ post: '/p', json: { a: secret('SHOP_TOKEN') }, headers: { 'x-quiet': secret('SHOP_TOKEN') } }]`,
    )
    const hashes: string[] = []
    for (const [name, value] of [
      ['a', 'hunter22'],
      ['b', 'correct horse'],
    ] as const) {
      await runDoorbuster(['run', 'plan.ts', '--folder', name], { cwd: folder.path, env: { SHOP_TOKEN: value } })
      hashes.push(summaryIn(folder, name).planHash)
    }
    expect(hashes[0]).toBe(hashes[1])
    const missing = await run(folder)
    expect(missing.exitCode).toBe(104)
    expect(missing.stderr).toBe(
      'PLAN_INVALID secret("SHOP_TOKEN"): expected a variable of the environment with this name that is not empty, received nothing\n',
    )
  })
})

describe('rows of data', () => {
  const users = `name,age\n${Array.from({ length: 10 }, (_, i) => `"u ${i}",${i}`).join('\n')}\n`

  test.each([1, 2])('are one shopper’s alone, whatever the number of threads (%i)', async (threads) => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    folder.write('users.csv', users)
    const journey = `async (s) => { const { name } = s.row('users'); await s.get('/' + encodeURIComponent(name) + '/' + (s.row('users').name === name)) }`
    writePlan(folder, shop.url, `data: { users: { file: 'users.csv' } }, traffic: 'burst 10', shoppers: [shopper('buyer', ${journey})]`)
    await run(folder, ['--threads', `${threads}`])
    expect(asked.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `GET /u%20${i}/true`))
  })

  test('go into declared steps, escaped for where they stand, and what an answer held goes into the next', async () => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    folder.write('users.json', JSON.stringify([{ name: 'a/"b', age: 7, tags: ['x'] }]))
    const plan = `name: drop
target: ${shop.url}
traffic: burst 1
data: { users: { file: users.json } }
steps:
  - { post: '/u/\${users.name}?age=\${users.age}', json: { name: '\${users.name}', tags: '\${users.tags}' }, extract: { token: { json: $.token } } }
  - { post: '/form', form: { name: '\${users.name}', price: '$\${x}', t: '\${token}' } }
  - { get: '/echo', headers: { x-echo: '\${token}!' }, extract: { echo: { json: $.echo }, none: { css: h1 } } }
  - { post: /last, body: '\${echo} \${users.name}' }
`
    folder.write('plan.yaml', plan)
    const { exitCode, stderr } = await runDoorbuster(['run', 'plan.yaml', '--folder', 'run'], { cwd: folder.path })
    expect(exitCode, stderr).not.toBe(104)
    expect(asked).toEqual([
      'POST /u/a%2F%22b?age=7 {"name":"a/\\"b","tags":"[\\"x\\"]"}',
      'POST /form name=a%2F%22b&price=%24%7Bx%7D&t=t0k',
      'GET /echo',
      'POST /last t0k! a/"b',
    ])
    expect(summaryIn(folder).failures).toEqual({ 'check:extract:none': 1 })
    expect(folder.read('run/plan.json')).not.toContain('a/')
  })

  test('that are too few are a mistake before the run, or end a closed loop that runs out of them', async () => {
    using folder = testFolder()
    const asked: string[] = []
    await using shop = await listening(asked)
    folder.write('users.csv', users)
    const shoppers = `data: { users: { file: 'users.csv' } }, shoppers: [shopper('buyer', async (s) => { await s.get('/' + s.row('users').age) })]`
    writePlan(folder, shop.url, `${shoppers}, traffic: 'hold 11/s for 1s'`)
    const early = await run(folder)
    expect(early.exitCode).toBe(104)
    expect(early.stderr).toBe('PLAN_INVALID data.users: expected at least 11 rows, one for each arrival (or atEnd: "wrap"), received 10\n')
    expect(asked).toEqual([])
    writePlan(folder, shop.url, `${shoppers}, closed: { shoppers: 2, lasting: '1m' }`)
    const late = await run(folder)
    expect(late.exitCode).toBe(104)
    expect(late.stderr).toContain('Stopped: PLAN_INVALID data.users: expected at least 11 rows, one for each arrival')
    expect(asked.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `GET /${i}`))
  })
})

test.each([1, 2])('a plan imports Node’s modules and packages that are installed beside it (%i threads)', async (threads) => {
  using folder = testFolder()
  const asked: string[] = []
  await using shop = await listening(asked)
  mkdirSync(join(folder.path, 'node_modules/basket'), { recursive: true })
  folder.write('node_modules/basket/package.json', '{ "name": "basket", "version": "1.0.0", "main": "index.cjs" }')
  folder.write('node_modules/basket/index.cjs', 'exports.basketOf = (n) => "b" + n')
  const journey = `async (s) => { await s.get('/' + basketOf(1) + createHash('sha256').update('x').digest('hex').slice(0, 4)) }`
  const imports = `import { createHash } from 'node:crypto'\nimport { basketOf } from 'basket'`
  writePlan(folder, shop.url, `traffic: 'burst 2', shoppers: [shopper('buyer', ${journey})]`, imports)
  const { stderr } = await run(folder, ['--threads', `${threads}`])
  expect(asked, stderr).toEqual(['GET /b12d71', 'GET /b12d71'])
})
