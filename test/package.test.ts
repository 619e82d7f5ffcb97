import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfContained } from '../packages/cli/self-contained.ts'
import { ROOT_FOLDER } from './support/modules.ts'
import type { Finished } from './support/processes.ts'
import { start } from './support/processes.ts'
import { answering } from './support/servers.ts'

describe("the build turns siblings' names into paths", () => {
  test.each([
    ['import { a } from "@doorbuster/plan";', 'packages/cli/src/bin.js', 'import { a } from "../../plan/src/index.js";'],
    ["export * as b from '@doorbuster/wire'", 'packages/generator/src/deep/x.js', "export * as b from '../../../wire/src/index.js'"],
    ["await import('@doorbuster/plan')", 'examples/shop/main.js', "await import('../../packages/plan/src/index.js')"],
    ['type C = import("@doorbuster/plan").Plan', 'packages/plan/src/x.d.ts', 'type C = import("./index.js").Plan'],
    ["export type { D } from './d.ts'", 'packages/plan/src/x.d.ts', "export type { D } from './d.js'"],
    ["type E = import('../e.ts').E", 'packages/plan/src/x.d.ts', "type E = import('../e.js').E"],
    ["const url = new URL('./thread.ts', here)", 'packages/plan/src/x.js', "const url = new URL('./thread.ts', here)"],
    ["import { launch } from 'doorbuster'", 'packages/cli/src/x.js', "import { launch } from 'doorbuster'"],
  ])('%s in %s', (moduleText, modulePath, expected) => expect(selfContained(moduleText, modulePath)).toBe(expected))

  test('what lies below a sibling is refused', () => {
    expect(() => selfContained("import '@doorbuster/plan/src/units.ts'", 'packages/cli/src/x.js')).toThrow('packages/cli/src/x.js imports')
  })
})

describe('packed, and installed with npm into an empty folder', () => {
  let folder = ''

  const inFolder = (program: string, programArguments: readonly string[]) => {
    const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
    const env = { ...withoutPackageManager(process.env), PATH, NO_COLOR: '1' }
    return start(program, programArguments, { cwd: join(folder, 'shop'), env, atMostMs: 120_000 }).finished
  }
  const doorbuster = (...programArguments: readonly string[]) =>
    inFolder(join(folder, 'shop/node_modules/.bin/doorbuster'), programArguments)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorbuster-package-'))
    await mkdir(join(folder, 'shop'))
    const cwd = `${ROOT_FOLDER}packages/cli`
    const env = withoutPackageManager(process.env)
    succeeded(
      await start('npx', ['-y', 'pnpm@12', 'pack', '--out', join(folder, 'doorbuster.tgz')], { cwd, env, atMostMs: 120_000 }).finished,
    )
    succeeded(await inFolder('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '../doorbuster.tgz']))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('the tarball holds the licence, a README, the build and no source', async () => {
    const { stdout } = await start('tar', ['-tzf', join(folder, 'doorbuster.tgz')]).finished
    const files = stdout.trim().split('\n')
    expect(files).toEqual(expect.arrayContaining(['package/LICENSE', 'package/README.md', 'package/dist/packages/cli/src/bin.js']))
    expect(files.filter((file) => /(?<!\.d)\.ts$|\.test\.|node_modules|tsconfig/.test(file))).toEqual([])
  })

  test('--version says the version', async () => {
    const { exitCode, stdout } = await doorbuster('--version')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  test('run sends 100 arrivals in 2 s at 50/s, and the server sees each', async () => {
    await using server = await answering()
    const { stdout, stderr } = await doorbuster('run', server.url, '-R', '50/s', '-d', '2s', '--json', '-')
    expect(stdout, stderr).toMatch(/^\{/)
    expect(JSON.parse(stdout)).toMatchObject({ finished: true, totals: { due: 100, sent: 100, ok: 100, failed: 0, dropped: 0 } })
    expect(server.seen()).toBe(100)
  })

  test('a plan that imports doorbuster runs', async () => {
    await using server = await answering()
    await writeFile(join(folder, 'shop/plan.ts'), planText(server.url))
    const { stdout, stderr } = await doorbuster('run', 'plan.ts', '--json', '-')
    expect(stdout, stderr).toMatch(/^\{/)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'packed', totals: { due: 20, ok: 20 } })
    const threaded = await doorbuster('run', 'plan.ts', '--threads', '2', '--json', '-')
    expect(threaded.stdout, threaded.stderr).toMatch(/^\{/)
    expect(JSON.parse(threaded.stdout)).toMatchObject({ generator: { threads: 2, lost: null }, totals: { due: 20, ok: 20 } })
  })

  test('a plan is type-checked: a right one passes, a misspelt word is found', async () => {
    const compilerOptions = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, skipLibCheck: true, types: [] }
    await writeFile(join(folder, 'shop/tsconfig.json'), JSON.stringify({ compilerOptions, files: ['right.ts', 'wrong.ts'] }))
    await writeFile(join(folder, 'shop/right.ts'), planText('http://127.0.0.1:4000/'))
    await writeFile(join(folder, 'shop/wrong.ts'), planText('http://127.0.0.1:4000/').replace('traffic:', 'trafic:'))
    const { stdout } = await inFolder(`${ROOT_FOLDER}node_modules/.bin/tsc`, ['-p', 'tsconfig.json', '--pretty', 'false'])
    const complaints = stdout
      .trim()
      .split('\n')
      .filter((line) => line.includes('error TS'))
    expect(complaints).toEqual([expect.stringMatching(/^wrong\.ts.*trafic/)])
  })
})

function succeeded({ exitCode, stdout, stderr }: Finished): void {
  expect(exitCode, stdout + stderr).toBe(0)
}

function planText(target: string): string {
  return `import { hold, launch, shopper } from 'doorbuster'

export default launch({
  name: 'packed',
  target: '${target}',
  traffic: [hold('20/s', '1s', { phase: 'doors' })],
  shoppers: [shopper('looker', { weight: 1 }, async (s) => { await s.get('/', { step: 'landing' }) })],
  objectives: ['errors < 1%'],
})
`
}

/** Under `npx pnpm test` npm's own variables point at this repository, and npm would install into it, wherever it is called from. */
function withoutPackageManager(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^p?npm_|^INIT_CWD$/i.test(name)))
}
