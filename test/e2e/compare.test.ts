// Two rehearsals of one plan against two versions of a server, compared by command.
import { expect, test } from 'vitest'
import { testFolder } from '../support/folders.ts'
import { runInProcess } from '../support/in-process.ts'
import { answering } from '../support/servers.ts'

test('a server that got slower is worse than it was, and the second report shows both', async () => {
  using folder = testFolder()
  await using before = await answering({ answerMs: 10 })
  await using after = await answering({ answerMs: 60 })
  const run = (url: string, name: string, ...more: readonly string[]) =>
    runInProcess(['run', url, '--shape', 'doors: hold 80/s for 8s', '--slo', 'errors < 1%', '--folder', name, '-q', ...more], folder.path)
  await Promise.all([run(before.url, 'before'), run(after.url, 'after')])
  // How busy this machine is must not decide a test of the comparison.
  const compared = await runInProcess(['compare', 'before', 'after', '--untrusted'], folder.path)
  expect([compared.exitCode, compared.stdout]).toEqual([99, expect.stringContaining('p50 of the whole run: +')])
  const again = await runInProcess(
    ['run', after.url, '--shape', 'doors: hold 80/s for 1s', '--folder', 'other', '-q', '--compare', 'before'],
    folder.path,
  )
  expect(again.stderr).toContain('Not compared: ')
  expect(folder.read('other/report.html')).not.toContain('Against an earlier rehearsal')
})
