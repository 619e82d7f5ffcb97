import { expect, test } from 'vitest'
import { sparkline } from '../src/sparkline.ts'

test('bars grow with the numbers up to the shared top', () => expect(sparkline([0, 1, 4, 8], 8, 4)).toBe(' ▁▄█'))
test('the latest numbers stand at the right', () => expect([sparkline([1, 2, 8], 8, 2), sparkline([8], 8, 3)]).toEqual(['▂█', '  █']))
test('the smallest number above zero is seen', () => expect(sparkline([0.001], 1_000, 1)).toBe('▁'))
test('nothing at all is a blank line, not a fault', () => expect(sparkline([], 0, 3)).toBe('   '))
