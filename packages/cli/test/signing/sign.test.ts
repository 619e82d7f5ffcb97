import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signature } from '@doorbuster/measurements'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestFolder } from '../../../../test/support/folders.ts'
import { testFolder } from '../../../../test/support/folders.ts'
import { silentWorld } from '../../../../test/support/silent-world.ts'
import { main } from '../../src/main.ts'
import { recordFolder } from '../support/recorded-folder.ts'

let home: TestFolder

beforeAll(async () => {
  home = testFolder()
  await recordFolder(home, { name: 'good' })
  await recordFolder(home, { name: 'slow', tookMs: 500 })
  for (const name of ['security', 'stranger']) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    home.write(`${name}.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    home.write(`${name}.pub.pem`, publicKey.export({ type: 'spki', format: 'pem' }).toString())
  }
})
afterAll(() => home[Symbol.dispose]())

type Told = { readonly exitCode: number; readonly text: string }

async function on(day: string, ...argv: readonly string[]): Promise<Told> {
  const world = { ...silentWorld({ argv, cwd: home.path }), now: () => new Date(`${day}T12:00:00Z`) }
  return { exitCode: await main(world), text: world.output() }
}

let copies = 0
/** A folder of its own for each test: a name in `home`. */
function copyOf(name: string): string {
  const copy = `${name}-${++copies}`
  cpSync(join(home.path, name), join(home.path, copy), { recursive: true })
  return copy
}

async function signedCopy(name = 'good', ...more: readonly string[]): Promise<string> {
  const copy = copyOf(name)
  const signed = await on('2026-11-21', 'sign', copy, '--as', 'release owner', '--until', '2026-12-01', ...more)
  expect(signed).toMatchObject({ exitCode: 0 })
  return copy
}

const signatureOf = (folder: string): Signature => JSON.parse(home.read(`${folder}/signature.json`)) as Signature

describe('a sign-off', () => {
  test('stands through its last day, and not a day longer', async () => {
    const folder = await signedCopy()
    expect(await on('2026-12-01', 'verify', folder)).toMatchObject({ exitCode: 0 })
    const later = await on('2026-12-02', 'verify', folder)
    expect(later.exitCode).toBe(99)
    expect(later.text).toContain('  - signed as release owner: it ran out at 2026-12-01T23:59:59.999Z\n')
  })

  test('is asked for, unless it is said that there is none', async () => {
    expect((await on('2026-11-21', 'verify', 'good')).text).toContain('nobody has signed this run')
    expect(await on('2026-11-21', 'verify', 'good')).toMatchObject({ exitCode: 99 })
    expect(await on('2026-11-21', 'verify', 'good', '--unsigned')).toMatchObject({ exitCode: 0 })
  })

  test('of a run that is no go takes a risk that somebody accepts in words', async () => {
    const refused = await on('2026-11-21', 'sign', copyOf('slow'), '--as', 'release owner', '--until', '+5d')
    expect(refused.exitCode).toBe(104)
    expect(refused.text).toMatch(/USAGE_INVALID --accept-risk: expected .* this run is no-go \(.*500/)
    const folder = await signedCopy('slow', '--accept-risk', 'half a second is fine for us')
    const verified = await on('2026-11-21', 'verify', folder)
    expect(verified.exitCode).toBe(0)
    expect(verified.text).toContain('accepted risk of a run that is no-go: half a second is fine for us')
  })

  test('is on the page, with its last day and its risk, escaped', async () => {
    const folder = await signedCopy('slow', '--accept-risk', '<b>slow</b> & known')
    const page = home.read(`${folder}/report.html`)
    expect(page).toContain('Signed by <b>release owner</b> on 2026-11-21 12:00:00 UTC. Holds until <b>2026-12-01 23:59:59 UTC</b>')
    expect(page).toContain('&lt;b&gt;slow&lt;/b&gt; &amp; known')
    expect(home.read(`${folder}/report.md`)).toContain('Signed by **release owner** until 2026-12-01 23:59:59 UTC')
  })

  test('stays when another follows, and each role can be asked for', async () => {
    const folder = await signedCopy()
    await on('2026-11-22', 'sign', folder, '--as', 'Security', '--until', '2026-11-25')
    expect(signatureOf(folder).signOffs.map(({ as }) => as)).toEqual(['release owner', 'Security'])
    const roles = ['--role', 'release owner', '--role', 'security'] as const
    expect(await on('2026-11-23', 'verify', folder, ...roles)).toMatchObject({ exitCode: 0 })
    const later = await on('2026-11-28', 'verify', folder, ...roles)
    expect(later).toMatchObject({ exitCode: 99 })
    expect(later.text).toContain('signed as Security: it ran out')
    expect(later.text).not.toContain('signed as release owner: it ran out')
    expect((await on('2026-11-23', 'verify', folder, '--role', 'board')).text).toContain('nobody as "board" has signed this run')
  })

  test('of another run is foreign here', async () => {
    const [mine, theirs] = [await signedCopy(), copyOf('slow')]
    home.write(`${theirs}/signature.json`, home.read(`${mine}/signature.json`))
    const verified = await on('2026-11-21', 'verify', theirs)
    expect(verified.exitCode).toBe(99)
    expect(verified.text).toContain('it was given for go, and the run is no-go')
    await on('2026-11-21', 'report', theirs)
    expect(home.read(`${theirs}/report.html`)).not.toContain('Signed by')
  })

  test('is refused when the plan has changed since', async () => {
    const folder = await signedCopy()
    expect(await on('2026-11-21', 'verify', folder, '--plan', 'launch.json')).toMatchObject({ exitCode: 0 })
    home.write('changed.json', home.read('launch.json').replace('100/s', '200/s'))
    const changed = await on('2026-11-21', 'verify', folder, '--plan', 'changed.json')
    expect(changed.exitCode).toBe(99)
    expect(changed.text).toContain('the run is of another plan')
  })

  test('may not be dated ahead, nor have run out when it is given', async () => {
    const folder = await signedCopy()
    expect((await on('2026-11-20', 'verify', folder)).text).toContain('which is still to come')
    expect(await on('2026-11-21', 'sign', folder, '--as', 'x', '--until', '2026-11-20')).toMatchObject({ exitCode: 104 })
  })
})

describe('a key', () => {
  test('proves who signed, to whoever trusts it', async () => {
    const folder = await signedCopy('good', '--key', 'security.pem')
    expect(await on('2026-11-21', 'verify', folder, '--trust', 'security.pub.pem')).toMatchObject({ exitCode: 0 })
    const stranger = await on('2026-11-21', 'verify', folder, '--trust', 'stranger.pub.pem')
    expect(stranger.exitCode).toBe(99)
    expect(stranger.text).toContain('it is not proven by the trusted key')
  })

  test('is missed where somebody signed without one', async () => {
    expect(await on('2026-11-21', 'verify', await signedCopy(), '--trust', 'security.pub.pem')).toMatchObject({ exitCode: 99 })
  })

  test('that is none, or not the right half, is a mistake and never repeated', async () => {
    home.write('password.pem', 'hunter2')
    const unread = await on('2026-11-21', 'sign', copyOf('good'), '--as', 'x', '--until', '+1d', '--key', 'password.pem')
    expect(unread.exitCode).toBe(104)
    expect(unread.text).not.toContain('hunter2')
    expect(await on('2026-11-21', 'verify', await signedCopy(), '--trust', 'security.pem')).toMatchObject({ exitCode: 104 })
  })

  test('does not cover a text that was changed after it', async () => {
    const folder = await signedCopy('good', '--key', 'security.pem')
    const signature = home.read(`${folder}/signature.json`)
    const changes = [
      signature.replace('"release owner"', '"release owners"'),
      signature.replace('"until": "2026-12-01', '"until": "2027-12-01'),
      signature.replace('"acceptedRisk": null', '"acceptedRisk": "none"'),
    ]
    for (const changed of changes) {
      expect(changed).not.toBe(signature)
      home.write(`${folder}/signature.json`, changed)
      expect((await on('2026-11-21', 'verify', folder)).text).toContain('its proof is not of this text')
    }
  })
})

describe('what was changed after it was signed', () => {
  const files = ['plan.json', 'timeline.jsonl', 'latency.hlog', 'events.jsonl', 'summary.json', 'report.html', 'report.md', 'junit.xml']

  test.each(files)('%s is found by one more byte', async (name) => {
    const folder = await signedCopy()
    appendFileSync(join(home.path, folder, name), '\n')
    const verified = await on('2026-11-21', 'verify', folder)
    expect(verified.exitCode).toBe(99)
    expect(verified.text).toContain('  - ')
    expect(verified.text).toContain(name)
  })

  test.each(files.slice(1))('%s is missed', async (name) => {
    const folder = await signedCopy()
    rmSync(join(home.path, folder, name))
    const verified = await on('2026-11-21', 'verify', folder)
    expect(verified.exitCode === 99 || (name === 'timeline.jsonl' && verified.exitCode === 104)).toBe(true)
    expect(verified.text).toContain(name)
  })

  test('orders that nobody signed for are found', async () => {
    const folder = await signedCopy()
    home.write(`${folder}/orders.jsonl`, '')
    expect((await on('2026-11-21', 'verify', folder)).text).toContain('orders.jsonl is not the file that was signed')
  })

  test('a report is found, whatever version somebody whom nobody trusts says that he wrote it with', async () => {
    const folder = await signedCopy('good', '--key', 'security.pem')
    await on('2026-11-21', 'sign', folder, '--as', 'nobody', '--until', '+5d')
    const { schema, signOffs } = signatureOf(folder)
    home.write(
      `${folder}/signature.json`,
      JSON.stringify({ schema, signOffs: signOffs.map((one) => (one.proof ? one : { ...one, by: '9.9.9' })) }),
    )
    appendFileSync(join(home.path, folder, 'report.html'), '<p>Safe up to a million.</p>')
    const verified = await on('2026-11-21', 'verify', folder, '--trust', 'security.pub.pem')
    expect(verified.exitCode).toBe(99)
    expect(verified.text).toContain("  - report.html is not what the run's files give")
  })

  test('a sign-off taken out of the middle is found', async () => {
    const folder = await signedCopy()
    for (const as of ['second', 'third']) await on('2026-11-21', 'sign', folder, '--as', as, '--until', '+5d')
    const { schema, signOffs } = signatureOf(folder)
    home.write(`${folder}/signature.json`, JSON.stringify({ schema, signOffs: signOffs.filter(({ as }) => as !== 'second') }))
    expect((await on('2026-11-21', 'verify', folder)).text).toContain('one was changed, added or taken away')
  })

  test('any byte of the evidence, changed to any other, is found', async () => {
    const folder = await signedCopy()
    const [plan, ...evidence] = ['plan.json', 'timeline.jsonl', 'latency.hlog', 'events.jsonl', 'summary.json']
    const whole = new Map([plan ?? '', ...evidence].map((name) => [name, readFileSync(join(home.path, folder, name))]))
    const change = fc.record({
      name: fc.constantFrom(...whole.keys()),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, by }) => {
        const bytes = Buffer.from(whole.get(name) ?? '')
        const index = Math.min(bytes.length - 1, Math.floor(at * bytes.length))
        bytes[index] = ((bytes[index] ?? 0) + by) % 256
        writeFileSync(join(home.path, folder, name), bytes)
        const { exitCode } = await on('2026-11-21', 'verify', folder)
        writeFileSync(join(home.path, folder, name), whole.get(name) ?? '')
        // What is no JSON any more, or has not the form, cannot be judged at all.
        expect([99, 104]).toContain(exitCode)
      }),
      { numRuns: 20 },
    )
    expect(await on('2026-11-21', 'verify', folder)).toMatchObject({ exitCode: 0 })
  })
})

test('a signature.json that is none is told, and nothing is written over it', async () => {
  const folder = copyOf('good')
  for (const text of ['{', '[]', '{"schema":"doorbuster/signature@1","signOffs":[{"as":1}]}', '"\u001b[2J"']) {
    home.write(`${folder}/signature.json`, text)
    const verified = await on('2026-11-21', 'verify', folder)
    expect(verified.exitCode).toBe(99)
    expect(verified.text).not.toContain('\u001b')
    expect(await on('2026-11-21', 'sign', folder, '--as', 'x', '--until', '+1d')).toMatchObject({ exitCode: 104 })
    expect(home.read(`${folder}/signature.json`)).toBe(text)
  }
})

test('a report of another version is not called false', async () => {
  const folder = copyOf('good')
  home.write(`${folder}/plan.json`, home.read(`${folder}/plan.json`).replace(/"doorbuster": "[^"]+"/, '"doorbuster": "0.0.1"'))
  const verified = await on('2026-11-21', 'verify', folder, '--unsigned')
  expect(verified.exitCode).toBe(0)
  expect(verified.text).toContain('report.html was written by doorbuster 0.0.1')
})
