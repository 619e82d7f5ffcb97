// One shopper walking a declared list of requests: no promise, one callback a request. The cheap way that bare URLs take.

import type { Slot } from '@doorbuster/measurements'
import type { ThinkTime, UrlStep } from '@doorbuster/plan'
import { parseThink } from '@doorbuster/plan'
import type { Cancel, Lane } from '@doorbuster/wire'
import type { Desk } from './desk.ts'
import { drawThinkMs } from './think.ts'

/** A declared request with everything that is the same for every shopper worked out. */
type Prepared = UrlStep & { readonly thinkTime: ThinkTime | null }

export function prepare(requests: readonly UrlStep[]): readonly Prepared[] {
  return requests.map((request) => ({ ...request, thinkTime: request.think === undefined ? null : parseThink(request.think) }))
}

export type WalkOptions = {
  readonly desk: Desk
  readonly lane: Lane
  readonly requests: readonly Prepared[]
  readonly slotOf: (step: string) => Slot
  readonly dueMs: number
  readonly random: () => number
  readonly timeoutMs: number
  readonly onEnd: (how: 'finished' | 'cut') => void
}

/** Starts at once; the returned function cuts the walk off. */
export function walk({ desk, lane, requests, slotOf, dueMs, random, timeoutMs, onEnd }: WalkOptions): Cancel {
  let cancel: Cancel = () => {}
  let isOver = false
  const end = (how: 'finished' | 'cut'): void => {
    isOver = true
    onEnd(how)
  }
  const go = (index: number, owedMs: number | null): void => {
    const request = requests[index]
    if (request === undefined) return end('finished')
    const { step, method, path, headers, body, expect, thinkTime } = request
    const call = {
      slot: slotOf(step),
      owedMs,
      method,
      path,
      headers,
      body: body ?? null,
      statuses: expect,
      timeoutMs,
      keepBody: true,
    }
    cancel = desk.call(lane, call, ({ settle, answer }) => {
      settle()
      if (isOver) return
      if (thinkTime === null) return go(index + 1, null)
      const nextMs = (answer?.doneMs ?? desk.clock.now()) + drawThinkMs(thinkTime, random)
      const timer = setTimeout(() => go(index + 1, nextMs), Math.max(0, nextMs - desk.clock.now()))
      cancel = () => {
        clearTimeout(timer)
      }
    })
  }
  go(0, dueMs)
  return () => {
    if (isOver) return
    const stop = cancel
    end('cut')
    stop()
  }
}
