// Which misses stand although the instrument failed: what was counted of a run that came too late is there at the least.
import { describe, expect, test } from 'vitest'
import { judge, times } from './support/windows.ts'

/** Every request a whole second late: no percentile of such a run is worth anything. */
const late = { cells: [{ ok: times(200, 10) }], latenessMs: times(200, 1_000) }

describe('of a run whose generator fell behind', () => {
  test.each([
    ['shared-sessions == 0', 'shared-session'],
    ['open-doors == 0', 'open-door'],
    ['leaks == 0', 'leak'],
  ] as const)('%s decides, and is the first reason', (objective, kind) => {
    const { verdict, reasons } = judge({ objectives: [objective], windows: [{ ...late, findings: [{ kind, count: 2 }] }] })
    expect(verdict).toBe('no-go')
    expect(reasons[1]).toContain('stands whatever the instrument did')
    expect(reasons.join(' ')).toContain('lateness')
  })

  test.each(['max < 1ms', 'personal-data == 0', 'shared-sessions == 0, warn', 'shared-sessions <= 2', 'shared-sessions > 5'])(
    '%s decides nothing',
    (objective) => {
      const findings = [
        { kind: 'shared-session', count: 2 },
        { kind: 'personal-data', count: 2 },
      ] as const
      expect(judge({ objectives: [objective, 'shared-sessions <= 9'], windows: [{ ...late, findings }] }).verdict).toBe('invalid')
    },
  )
})
