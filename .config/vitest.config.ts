// Tests see the packages' sources through the `source` export condition, so no build can be stale.
// Two groups: `parts` run side by side; `system` runs whole rehearsals one file after the other, since two generators on one
// small machine would spoil each other's clock.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const system = [
  'test/e2e/**/*.test.ts',
  'test/{package,examples}.test.ts',
  'examples/shop/metastable.test.ts',
  'packages/generator/test/{conduct,generate,memory,metronome,self-watch}.test.ts',
]

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
          exclude: [...system, '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'system', include: system, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
