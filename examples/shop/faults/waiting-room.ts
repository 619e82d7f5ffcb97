// Who may come in, and when: so many new shoppers a minute. Knows nothing of pages or cookies.
//
//   fair     every ticket gets the next free moment when it is drawn: first come, first in
//   unfair   the moment goes to whoever happens to ask when it comes: those who ask often, or late, walk past the others
import { randomUUID } from 'node:crypto'

/** `place` 0: come in. From 1 on it is the number in the line; `waitMs` is how long it will take from now, where that is known. */
export type Standing = { readonly ticket: string; readonly place: number; readonly waitMs: number }

export type WaitingRoom = {
  /** Stands in line with the ticket, or with a new one when it is unknown or no longer good. */
  stand(ticket: string | undefined): Standing
}

const mostTickets = 200_000
const goodForMs = 5 * 60_000

export function fairRoom(perMinute: number, nowMs: () => number): WaitingRoom {
  const gapMs = 60_000 / perMinute
  const momentsMs = new Map<string, number>()
  let nextMs = Number.NEGATIVE_INFINITY
  const draw = (): string => {
    const ticket = randomUUID()
    const momentMs = Math.max(nowMs(), nextMs)
    nextMs = momentMs + gapMs
    momentsMs.set(ticket, momentMs)
    forgetOldest(momentsMs)
    return ticket
  }
  return {
    stand(asked) {
      const isGood = asked !== undefined && nowMs() < (momentsMs.get(asked) ?? Number.NEGATIVE_INFINITY) + goodForMs
      const ticket = isGood ? asked : draw()
      const waitMs = Math.max(0, (momentsMs.get(ticket) ?? 0) - nowMs())
      return { ticket, place: Math.ceil(waitMs / gapMs), waitMs }
    },
  }
}

export function unfairRoom(perMinute: number, nowMs: () => number): WaitingRoom {
  const gapMs = 60_000 / perMinute
  const admittedAtMs = new Map<string, number>()
  const waiting = new Map<string, number>()
  let nextMs = Number.NEGATIVE_INFINITY
  const admit = (ticket: string): Standing => {
    nextMs = nowMs() + gapMs
    waiting.delete(ticket)
    admittedAtMs.set(ticket, nowMs())
    forgetOldest(admittedAtMs)
    return { ticket, place: 0, waitMs: 0 }
  }
  return {
    stand(asked) {
      const isIn = asked !== undefined && nowMs() < (admittedAtMs.get(asked) ?? Number.NEGATIVE_INFINITY) + goodForMs
      if (isIn) return { ticket: asked, place: 0, waitMs: 0 }
      const ticket = asked !== undefined && waiting.has(asked) ? asked : randomUUID()
      if (nowMs() >= nextMs) return admit(ticket)
      waiting.set(ticket, nowMs())
      forgetOldest(waiting)
      return { ticket, place: waiting.size, waitMs: nextMs - nowMs() }
    },
  }
}

function forgetOldest(tickets: Map<string, number>): void {
  const [oldest] = tickets.keys()
  if (tickets.size > mostTickets && oldest !== undefined) tickets.delete(oldest)
}
