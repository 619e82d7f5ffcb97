import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** MB of the space for young objects after a second of objects that live on, in a process of its own. */
function grownTo(before: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    ${before}
    const kept = []
    let largest = 0
    const look = () => { largest = Math.max(largest, getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size) }
    for (let turn = 0; turn < 60; turn++) {
      for (let i = 0; i < 40_000; i++) { const each = { i, list: [i] }; if (i % 4 === 0) kept.push(each) }
      look()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    console.log(largest / 2 ** 20)
    process.exit(kept.length > 0 ? 0 : 1)`
  const program = ['--conditions=source', '--input-type=module', '-e', script]
  return Number(execFileSync(process.execPath, program, { cwd: import.meta.dirname, encoding: 'utf8' }))
}

test('the space for young objects stops growing at 16 MB, where it would have gone on', () => {
  const keeping = `import { keepYoungSpaceSmall } from ${JSON.stringify(new URL('../src/young-space.ts', import.meta.url).href)}; keepYoungSpaceSmall()`
  const [free, kept] = [grownTo(''), grownTo(keeping)]
  expect(free).toBeGreaterThanOrEqual(32)
  // One doubling may fall between two looks.
  expect(kept).toBeLessThanOrEqual(32)
  expect(kept).toBeLessThan(free)
})
