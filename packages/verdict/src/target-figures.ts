// Numbers of the target's series as they stand in a sentence.
import type { TargetUnit } from '@doorbuster/measurements'
import { figure } from './figures.ts'

export function targetFigure(value: number, unit: TargetUnit): string {
  switch (unit) {
    case 'ratio':
      return figure(value, 'ratio')
    case 'perSec':
      return figure(value, 'perSec')
    case 'seconds':
      return figure(value * 1e3, 'ms')
    case 'bytes':
      return `${figure(value / 1e6, 'number')} MB`
    case 'bytesPerSec':
      return `${figure(value / 1e6, 'number')} MB/s`
    case 'number':
      return figure(value, 'number')
  }
}
