// The real `calibrate` within tiny bounds, and runs on a machine that was calibrated by hand. What a machine can do is nowhere asserted.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Summary } from '@doorbuster/verdict'
import { describe, expect, test } from 'vitest'
import type { StoredCalibration } from '../../packages/cli/src/calibration/calibration.ts'
import { machineFacts } from '../../packages/cli/src/machine.ts'
import { version } from '../../packages/cli/src/version.ts'
import type { TestFolder } from '../support/folders.ts'
import { testFolder } from '../support/folders.ts'
import { runDoorbuster, startDoorbuster } from '../support/program.ts'
import { answering } from '../support/servers.ts'

const tiny = ['--max-rate', '200/s', '-d', '300ms', '--threads', '2']

/** So that no test reads or writes what this user keeps. */
const at = (folder: TestFolder) => ({ cwd: folder.path, env: { XDG_STATE_HOME: `${folder.path}/state` } })

/** The null target that a calibration started, once it is there. */
async function nullTargetOf(pid: number): Promise<number> {
  for (let i = 0; i < 200; i++) {
    const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    if (child !== '') return Number(child)
    await sleep(25)
  }
  throw new Error('no null target was started')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 100 && isAlive(pid); i++) await sleep(50)
  return !isAlive(pid)
}

describe('calibrate', () => {
  test('searches for both kinds and both numbers of threads, asks autocannon, and keeps what it found for this machine', async () => {
    using folder = testFolder()
    const { exitCode, stdout, stderr } = await runDoorbuster(['calibrate', ...tiny, '--json', '-'], at(folder))
    // A machine that does not even send 100/s cleanly is told so, and nothing is kept.
    expect([0, 95], stderr).toContain(exitCode)
    if (exitCode === 95) return expect(stderr).toContain('nothing was kept')
    const calibration = JSON.parse(stdout) as StoredCalibration
    expect(JSON.parse(folder.read('state/doorbuster/calibration.json'))).toEqual(calibration)
    expect(folder.names('state/doorbuster')).toEqual(['calibration.json'])
    expect(calibration).toMatchObject({ machine: machineFacts(), versions: { doorbuster: version, node: process.version } })
    const searched = calibration.maxima.map(({ kind, threads }) => `${kind} ${threads}`)
    expect(searched).toEqual(['urls 1', 'urls 2', 'journeys 1', 'journeys 2'])
    expect(calibration.maxima.every(({ cleanPerSec }) => cleanPerSec > 0 && cleanPerSec <= 200)).toBe(true)
    const { doorbuster, autocannon, disagreeing } = calibration.secondOpinion
    expect(Math.min(doorbuster.samples, autocannon.samples)).toBeGreaterThan(0)
    expect(calibration.standing).toBe(disagreeing.length === 0 ? 'trusted' : 'doubtful')
    // The target waits 5, 20 or 50 ms, and timers are never early by as much as a millisecond and a half.
    for (const { p50, p90, p99 } of [doorbuster, autocannon]) {
      expect([p50 > 3.5, p90 > 18.5, p99 > 48.5]).toEqual([true, true, true])
    }
    expect(stderr).toContain('What this machine sends cleanly')
  })

  test.each([
    ['as soon as the null target is there', ''],
    ['while a rate is sent', 'bare URL'],
  ])('interrupted %s ends with 105, keeps nothing and leaves no process behind', async (_, says) => {
    using folder = testFolder()
    await using running = startDoorbuster(['calibrate', '-d', '500ms'], at(folder))
    const target = await nullTargetOf(running.pid)
    await running.says(says)
    running.signal('SIGINT')
    const { exitCode, stderr } = await running.finished
    expect([exitCode, stderr]).toEqual([105, expect.stringContaining('nothing was kept')])
    expect(folder.names('state/doorbuster')).toEqual([])
    expect(await untilGone(target)).toBe(true)
  })

  test('killed takes the null target with it', async () => {
    using folder = testFolder()
    await using running = startDoorbuster(['calibrate', '-d', '500ms'], at(folder))
    const target = await nullTargetOf(running.pid)
    running.signal('SIGKILL')
    await running.finished
    expect(await untilGone(target)).toBe(true)
  })

  test('says before it measures that what it finds cannot be kept', async () => {
    using folder = testFolder()
    folder.write('file', '')
    const { exitCode, stderr } = await runDoorbuster(['calibrate', '--file', 'file/below'], at(folder))
    expect([exitCode, stderr]).toEqual([104, expect.stringMatching(/^USAGE_INVALID --file: expected a file that can be written/)])
  })
})

describe('a run on a calibrated machine', () => {
  const percentiles = { samples: 900, p50: 5, p90: 20, p99: 50 }
  const calibration: StoredCalibration = {
    schema: 'doorbuster/calibration@1',
    startedAt: new Date().toISOString(),
    versions: { doorbuster: version, node: process.version },
    machine: machineFacts(),
    standing: 'trusted',
    maxima: [{ kind: 'urls', threads: 1, cleanPerSec: 40, limitedBy: 'generator', because: null }],
    secondOpinion: { connections: 10, doorbuster: percentiles, autocannon: percentiles, disagreeing: [] },
  }

  const runWith = async (folder: TestFolder, text: string, rate: string) => {
    folder.write('calibration.json', text)
    await using shop = await answering()
    const flags = ['-R', rate, '-d', '1s', '--calibration', 'calibration.json', '--folder', 'run']
    const said = await runDoorbuster(['run', shop.url, ...flags], at(folder))
    const { calibration } = JSON.parse(folder.read('run/plan.json')) as { calibration: unknown }
    return { ...said, calibration, summary: JSON.parse(folder.read('run/summary.json')) as Summary }
  }

  test('warns before the first packet when its peak is beyond the clean maximum, and keeps the share', async () => {
    using folder = testFolder()
    const { stderr, calibration: kept } = await runWith(folder, JSON.stringify(calibration), '50/s')
    expect(kept).toEqual({ startedAt: calibration.startedAt, kind: 'urls', cleanPerSec: 40, peakRatio: 1.25 })
    const [first = ''] = stderr.split('\n')
    expect(first).toMatch(/^Warning: the planned peak is 125 % of .*so this run will probably be invalid\. To go further, /)
    expect(folder.read('run/events.jsonl')).toContain('the planned peak is 125 %')
    expect(folder.read('run/report.html')).toContain('125 %')
  })

  test('with room enough says nothing, and keeps the share', async () => {
    using folder = testFolder()
    const { stderr, stdout, calibration: kept } = await runWith(folder, JSON.stringify(calibration), '20/s')
    expect(kept).toMatchObject({ peakRatio: 0.5 })
    expect(stderr).not.toContain('Warning')
    expect(stdout).toContain('peak uses 50 % of what this machine')
  })

  test.each([
    ['that is damaged', '{"schema"', 'is damaged (it is not JSON)'],
    ['of another machine', JSON.stringify({ ...calibration, machine: { ...calibration.machine, cpu: 'abacus' } }), 'of another machine'],
  ])('goes on without a calibration %s, and says so', async (_, text, because) => {
    using folder = testFolder()
    const { stderr, calibration: kept, summary } = await runWith(folder, text, '50/s')
    expect(stderr).toContain(because)
    expect([kept, summary.totals.ok]).toEqual([null, 50])
  })
})
