import { expect, test } from 'vitest'
import { silentWorld } from '../../../../test/support/silent-world.ts'
import { hearInterrupts } from '../../src/capacity/hear-interrupts.ts'

/** Ctrl-C as often as it is called. */
function withCtrlC() {
  const handlers = new Set<() => void>()
  const world = {
    ...silentWorld(),
    onInterrupt: (handler: () => void) => {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
  }
  const ctrlC = (): void => {
    for (const handler of handlers) handler()
  }
  return { world, handlers, ctrlC }
}

test('who listens hears each, and who stopped listening none', () => {
  const { world, ctrlC } = withCtrlC()
  const hearing = hearInterrupts(world)
  let heard = 0
  const forget = hearing.world.onInterrupt(() => heard++)
  ctrlC()
  ctrlC()
  forget()
  ctrlC()
  expect(heard).toBe(2)
})

test('one between two levels is kept for the next who listens, and told once', async () => {
  const { world, ctrlC } = withCtrlC()
  const hearing = hearInterrupts(world)
  ctrlC()
  const heard: string[] = []
  const forget = hearing.world.onInterrupt(() => heard.push('level'))
  expect(heard).toEqual([])
  await Promise.resolve()
  expect(heard).toEqual(['level'])
  forget()
  hearing.world.onInterrupt(() => heard.push('next'))
  await Promise.resolve()
  expect(heard).toEqual(['level'])
})

test('a second one that nobody listens to ends the process, and after the search none is heard', () => {
  const { world, handlers, ctrlC } = withCtrlC()
  const { forget } = hearInterrupts(world)
  ctrlC()
  expect(ctrlC).toThrow('left with 105')
  forget()
  expect(handlers.size).toBe(0)
})
