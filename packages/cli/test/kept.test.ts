import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Past } from '@doorbuster/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestFolder } from '../../../test/support/folders.ts'
import { testFolder } from '../../../test/support/folders.ts'
import { sampleCapacity } from '../../../test/support/sample-capacity.ts'
import { silentWorld } from '../../../test/support/silent-world.ts'
import { main } from '../src/main.ts'
import { recordFolder } from './support/recorded-folder.ts'

let home: TestFolder

beforeAll(async () => {
  home = testFolder()
  await recordFolder(home, { name: 'base' })
  await recordFolder(home, { name: 'run', tookMs: 30 })
  mkdirSync(join(home.path, 'search'))
  home.write('search/capacity.json', JSON.stringify(sampleCapacity()))
  expect(await command('report', 'run', '--compare', 'base', '--capacity', 'search')).toMatchObject({ exitCode: 0 })
})
afterAll(() => home[Symbol.dispose]())

async function command(...argv: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
  const world = { ...silentWorld({ argv, cwd: home.path }), now: () => new Date('2026-11-21T12:00:00Z') }
  return { exitCode: await main(world), text: world.output() }
}

let copies = 0
function copyOfRun(): string {
  const copy = `copy-${++copies}`
  cpSync(join(home.path, 'run'), join(home.path, copy), { recursive: true })
  return copy
}

const renderings = ['report.html', 'report.md', 'junit.xml', 'summary.json'] as const
const kept = ['comparison.json', 'capacity.json'] as const

describe('a report with an earlier run and an earlier search in it', () => {
  test('is made again from its folder, byte for byte, where base and search are no more', async () => {
    const folder = copyOfRun()
    const before = renderings.map((name) => home.read(`${folder}/${name}`))
    expect(before[0]).toContain('Against an earlier rehearsal')
    expect(before[0]).toContain('How much it takes')
    expect(await command('report', folder, '-q')).toMatchObject({ exitCode: 0 })
    expect(renderings.map((name) => home.read(`${folder}/${name}`))).toEqual(before)
    expect((await command('verify', folder, '--unsigned')).text).toContain('byte for byte')
  })

  test('has its capacity in the history, as the search itself has', async () => {
    const { runs } = JSON.parse((await command('history', '.', '--json', '--max-age', '9999h')).text) as Past
    const found = ['run', 'search', 'base'].map((name) => runs.find(({ folder }) => folder === name)?.capacityPerSec)
    expect(found).toEqual([320, 320, null])
  })

  test('says nothing of where this machine keeps its folders', () => {
    for (const name of [...kept, ...renderings]) expect(home.read(`run/${name}`), name).not.toContain(home.path)
  })

  describe('and a sign-off', () => {
    async function signed(): Promise<string> {
      const folder = copyOfRun()
      expect(await command('sign', folder, '--as', 'release owner', '--until', '+5d')).toMatchObject({ exitCode: 0 })
      return folder
    }

    test('is verified, and the page has both', async () => {
      const folder = await signed()
      expect(await command('verify', folder)).toMatchObject({ exitCode: 0 })
      expect(home.read(`${folder}/report.html`)).toMatch(/Signed by <b>release owner[\s\S]*Against an earlier rehearsal/)
    })

    test.each(kept)('%s with one more byte, or none at all, is not what was signed', async (name) => {
      const folder = await signed()
      appendFileSync(join(home.path, folder, name), '\n')
      const said = `${name} is not the file that was signed`
      expect(await command('verify', folder)).toMatchObject({ exitCode: 99, text: expect.stringContaining(said) })
      rmSync(join(home.path, folder, name))
      expect(await command('verify', folder)).toMatchObject({ exitCode: 99, text: expect.stringContaining(said) })
    })

    test('is not held for one of what a later comparison shows', async () => {
      const folder = await signed()
      await recordFolder(home, { name: `${folder}-base`, tookMs: 90 })
      await command('report', folder, '-q', '--compare', `${folder}-base`)
      expect(home.read(`${folder}/report.html`)).not.toContain('Signed by')
      expect((await command('verify', folder)).text).toContain('comparison.json is not the file that was signed')
    })
  })
})

describe('a file beside a run that tells nothing of it', () => {
  const damages = [
    ['comparison.json', '{', 'it is no JSON'],
    ['comparison.json', '{"schema":"doorbuster/comparison@1"}', 'base: '],
    ['comparison.json', 'ours', 'it is of another run'],
    ['capacity.json', '[]', 'the whole: '],
  ] as const

  test.each(damages)('%s as %s is left out, and said to be', async (name, given, because) => {
    const folder = copyOfRun()
    const foreign = home.read(`${folder}/comparison.json`).replaceAll('2026-11-20T08', '2026-10-20T08')
    home.write(`${folder}/${name}`, given === 'ours' ? foreign : given)
    const told = await command('report', folder)
    expect(told).toMatchObject({ exitCode: 0 })
    for (const text of [told.text.replace(/\s+/g, ' '), home.read(`${folder}/report.html`), home.read(`${folder}/report.md`)]) {
      expect(text).toContain(name)
      expect(text).toContain('is left out here')
    }
    expect(home.read(`${folder}/report.html`)).toContain(because)
    expect(await command('verify', folder, '--unsigned')).toMatchObject({ exitCode: 99, text: expect.stringContaining(name) })
    expect(await command('sign', folder, '--as', 'x', '--until', '+5d')).toMatchObject({ exitCode: 104 })
  })
})
