import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { serve } from './support/rehearsal.ts'

test('a run of two threads waits out its silences, sends everything, and leaves no thread behind that keeps the process alive', async () => {
  const shop = await serve((_, response) => response.end())
  const program = fileURLToPath(new URL('support/two-threads.ts', import.meta.url))
  // Killed, and so rejected, if it does not end by itself.
  const run = promisify(execFile)(process.execPath, ['--conditions=source', program, shop.url], { timeout: 20_000 })
  const { stdout } = await run.finally(shop.stop)
  expect(JSON.parse(stdout)).toEqual({ stoppedBy: 'end', due: 11, ok: 11 })
})
