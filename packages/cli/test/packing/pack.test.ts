import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'
import type { Headers } from 'tar-stream'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestFolder } from '../../../../test/support/folders.ts'
import { testFolder } from '../../../../test/support/folders.ts'
import { silentWorld } from '../../../../test/support/silent-world.ts'
import { main } from '../../src/main.ts'
import { unpack } from '../../src/packing/unpack.ts'
import { recordFolder } from '../support/recorded-folder.ts'

let home: TestFolder

beforeAll(async () => {
  home = testFolder()
  await recordFolder(home, { name: 'run' })
  await told('sign', 'run', '--as', 'release owner', '--until', '+5d')
})
afterAll(() => home[Symbol.dispose]())

async function told(...argv: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
  const world = silentWorld({ argv, cwd: home.path })
  return { exitCode: await main(world), text: world.output() }
}

let folders = 0
function emptyFolder(): string {
  const path = join(home.path, `empty-${++folders}`)
  mkdirSync(path)
  return path
}

const shell = (command: string, cwd: string): string => execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8' })

describe('a pack', () => {
  test('unpacks with tar, passes sha256sum -c, and verifies packed and unpacked', async () => {
    const packed = await told('pack', 'run', '--to', 'evidence.tar.gz')
    expect(packed.exitCode).toBe(0)
    expect(packed.text).toContain(shell('sha256sum < evidence.tar.gz', home.path).slice(0, 64))
    const to = emptyFolder()
    shell(`tar -xzf ${join(home.path, 'evidence.tar.gz')}`, to)
    const sums = shell('sha256sum -c --strict SHA256SUMS', join(to, 'run'))
    const names = readdirSync(join(home.path, 'run')).sort()
    expect(sums.trim().split('\n')).toEqual(names.map((name) => `${name}: OK`))
    expect(await told('verify', 'evidence.tar.gz')).toMatchObject({ exitCode: 0 })
    expect(await told('verify', join(to, 'run'))).toMatchObject({ exitCode: 0 })
  })

  test('is the same bytes for the same files, whenever they were written', async () => {
    await told('pack', 'run', '--to', 'one.tgz')
    utimesSync(join(home.path, 'run', 'plan.json'), 1, 1)
    await told('pack', 'run', '--to', 'other.tgz')
    expect(readFileSync(join(home.path, 'one.tgz')).equals(readFileSync(join(home.path, 'other.tgz')))).toBe(true)
  })

  test('holds no links and no folders, and says so', async () => {
    await recordFolder(home, { name: 'linked' })
    symlinkSync('/etc/passwd', join(home.path, 'linked', 'passwd'))
    mkdirSync(join(home.path, 'linked', 'levels'))
    const packed = await told('pack', 'linked', '--to', 'linked.tgz')
    expect(packed.text).toContain('Left out, since they are no plain files: levels, passwd')
    expect(shell('tar -tzf linked.tgz', home.path)).not.toMatch(/passwd|levels/)
  })

  test('of a file whose hash was left as it was is found out', async () => {
    await told('pack', 'run', '--to', 'evidence.tar.gz')
    const to = emptyFolder()
    shell(`tar -xzf ${join(home.path, 'evidence.tar.gz')} && echo >> run/junit.xml && tar -czf ../changed.tgz run/*`, to)
    const verified = await told('verify', 'changed.tgz')
    expect(verified.exitCode).toBe(99)
    expect(verified.text).toContain('junit.xml does not have the hash in SHA256SUMS')
  })
})

type EntryHeader = Partial<Headers> & { readonly name: string; readonly pax?: Readonly<Record<string, string>> }
type Entry = readonly [header: EntryHeader, text?: string]

describe('a pack that was packed by hand', () => {
  const packedAnew = async (change: string): Promise<{ readonly exitCode: number; readonly text: string }> => {
    await told('pack', 'run', '--to', 'evidence.tar.gz')
    shell(`tar -xzf ${join(home.path, 'evidence.tar.gz')} && ${change} && tar -czf ../anew.tgz run/*`, emptyFolder())
    return told('verify', 'anew.tgz')
  }

  test('as it was unpacked verifies', async () => expect(await packedAnew('true')).toMatchObject({ exitCode: 0 }))

  test('without its hashes is no evidence', async () => {
    const { exitCode, text } = await packedAnew('rm run/SHA256SUMS')
    expect({ exitCode, text }).toEqual({ exitCode: 99, text: expect.stringContaining('SHA256SUMS is missing') })
  })

  test('with a file that was slipped in is found out', async () => {
    const { exitCode, text } = await packedAnew('echo hello > run/approval.txt')
    expect({ exitCode, text }).toEqual({ exitCode: 99, text: expect.stringContaining('approval.txt is in the pack and not in SHA256SUMS') })
  })
})

async function archiveOf(name: string, entries: readonly Entry[]): Promise<string> {
  const archive = pack()
  const path = join(home.path, name)
  const written = pipeline(archive, createGzip(), createWriteStream(path))
  for (const [header, text = ''] of entries) archive.entry(header, text)
  archive.finalize()
  await written
  return path
}

describe('an archive from somewhere', () => {
  const hostile: readonly (readonly [what: string, entries: readonly Entry[], received: RegExp])[] = [
    ['leads out of its folder', [[{ name: '../escaped' }]], /the name "..\/escaped"/],
    ['leads out of its folder from below', [[{ name: 'run/../../escaped' }]], /the name/],
    ['names a place on the disk', [[{ name: '/tmp/escaped' }]], /the name/],
    ['names a place as Windows does', [[{ name: 'run/C:\\escaped' }]], /the name/],
    ['holds a link', [[{ name: 'run/plan.json', type: 'symlink', linkname: '/etc/passwd' }]], /a symlink/],
    ['holds a hard link', [[{ name: 'run/plan.json', type: 'link', linkname: '/etc/passwd' }]], /a link/],
    ['holds a device', [[{ name: 'run/plan.json', type: 'character-device' }]], /a character-device/],
    [
      'says a name twice',
      [
        [{ name: 'run/plan.json' }, '{}'],
        [{ name: 'run/plan.json' }, '[]'],
      ],
      /plan.json twice/,
    ],
    [
      'says a name twice in other letters',
      [
        [{ name: 'run/plan.json' }, '{}'],
        [{ name: 'run/PLAN.json' }, '[]'],
      ],
      /PLAN.json twice/,
    ],
    [
      'holds two folders',
      [
        [{ name: 'run/plan.json' }, '{}'],
        [{ name: 'other/a' }, ''],
      ],
      /more than one folder/,
    ],
    ['holds a hidden file', [[{ name: 'run/.bashrc' }]], /the name/],
    ['speaks to the terminal', [[{ name: 'run/\u001b[2J\u009b' }]], /the name "run/],
  ]

  test.each(hostile)('that %s is refused', async (_what, entries, received) => {
    await archiveOf('hostile.tgz', entries)
    const before = home.names()
    const verified = await told('verify', 'hostile.tgz', '--unsigned')
    expect(verified.exitCode).toBe(104)
    expect(verified.text).toMatch(/^USAGE_INVALID .*hostile.tgz: expected an evidence pack/)
    expect(verified.text).toMatch(received)
    for (const control of ['\u001b', '\u009b']) expect(verified.text).not.toContain(control)
    expect(home.names()).toEqual(before)
  })

  test('that unpacks to more than is allowed is given up on the way', async () => {
    const bomb = join(home.path, 'bomb.tgz')
    await archiveOf('bomb.tgz', [[{ name: 'run/plan.json' }, '0'.repeat(3_000_000)]])
    expect(readFileSync(bomb).length).toBeLessThan(10_000)
    const to = emptyFolder()
    await expect(unpack(bomb, to, { files: 10, unpackedBytes: 1_000_000 })).rejects.toThrow('more than 1000000 bytes unpacked')
  })

  test('with a name as long as a book is given up before the book is in memory', async () => {
    const long = await archiveOf('long.tgz', [[{ name: 'run/plan.json', pax: { comment: '0'.repeat(20_000_000) } }]])
    expect(readFileSync(long).length).toBeLessThan(100_000)
    await expect(unpack(long, emptyFolder())).rejects.toThrow('more than 1048576 bytes that belong to no file')
  })

  test('with a file larger than a megabyte is read to its end', async () => {
    const large = await archiveOf('large.tgz', [[{ name: 'run/latency.hlog' }, '0'.repeat(5_000_000)]])
    const to = emptyFolder()
    await unpack(large, to)
    expect(statSync(join(to, 'latency.hlog')).size).toBe(5_000_000)
  })

  test('with more files than a run leaves is refused', async () => {
    const many = await archiveOf(
      'many.tgz',
      Array.from({ length: 5 }, (_, nth): Entry => [{ name: `run/file-${nth}` }]),
    )
    await expect(unpack(many, emptyFolder(), { files: 4, unpackedBytes: 1_000_000 })).rejects.toThrow('more than 4 files')
  })

  test.each([
    ['no archive', Buffer.from('hello')],
    ['compressed, and no archive', gzipSync(Buffer.alloc(2_000, 'x'))],
    ['empty', Buffer.alloc(0)],
    ['cut off', gzipSync(Buffer.alloc(50_000)).subarray(0, 40)],
  ])('that is %s is refused', async (_what, bytes) => {
    writeFileSync(join(home.path, 'broken.tgz'), bytes)
    expect(await told('verify', 'broken.tgz')).toMatchObject({ exitCode: 104 })
  })
})
