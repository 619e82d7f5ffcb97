// Tests see the packages' sources through the `source` export condition, so no build can be stale.
// Three groups, one after the other: `parts` run side by side; `counts` are rehearsals that are judged by what was counted, two files at a
// time; `system` runs whole rehearsals one file after the other, since two generators on one small machine would spoil each other's clock.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const counts = [
  'test/e2e/{ci,commands,connections,faults-behaviour,faults-privacy,faults-trust,journeys,live-page,mistakes,orders,outputs,presets,privacy,run,stampede,stopping,target,who-loads}.test.ts',
  'test/{package,examples}.test.ts',
]

/** Real time on a machine whose host may take its CPU away: what fails twice in a row is no accident of the clock. */
const retry = 1

const system = ['test/e2e/**/*.test.ts', 'packages/generator/test/{conduct,generate,memory,metronome,self-watch}.test.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/test/**/*.test.ts', 'examples/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...counts, ...system, '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'counts', include: counts, maxWorkers: 2, retry, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: system,
          exclude: [...counts, '**/node_modules/**'],
          fileParallelism: false,
          retry,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
