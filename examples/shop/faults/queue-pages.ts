// The waiting room's pages: a ticket in a cookie, a place in a header, and when to ask again.
import { page } from '../html.ts'
import type { Answered, Layer } from '../layers.ts'
import type { Reply } from '../replies.ts'
import { html } from '../replies.ts'
import { cookieOf } from '../visit.ts'
import type { Standing, WaitingRoom } from './waiting-room.ts'

export const ticketCookie = 'ticket'
const longestPauseSec = 5
const neverQueued = /^\/(?:health|metrics|stock\/.*)$/

export function queuePages(room: WaitingRoom): Layer {
  return async (visit, next) => {
    if (neverQueued.test(visit.path)) return next()
    const asked = cookieOf(visit, ticketCookie)
    const standing = room.stand(asked)
    if (standing.place > 0) return queuePage(standing)
    const answered = await next()
    return standing.ticket === asked ? answered : withTicket(answered, standing.ticket)
  }
}

function withTicket(answered: Answered, ticket: string): Answered {
  if (answered === undefined || 'stream' in answered) return answered
  const others = answered.headers?.['set-cookie'] ?? []
  return { ...answered, headers: { ...answered.headers, 'set-cookie': [others, ticketOf(ticket)].flat() } }
}

export function ticketOf(ticket: string): string {
  return `${ticketCookie}=${ticket}; Path=/; HttpOnly; SameSite=Lax`
}

/** Status 200, as most vendors of waiting rooms send it: who counts answers by status alone takes the queue for the shop. */
function queuePage({ ticket, place, waitMs }: Standing): Reply {
  const pauseSec = Math.max(1, Math.min(longestPauseSec, Math.ceil(waitMs / 1_000)))
  const body = `<h1>You are in line</h1>
<p>Place ${place}. This page asks again in ${pauseSec} s; please do not reload it.</p>`
  return html(page('Waiting room', body), {
    'cache-control': 'no-store',
    'retry-after': `${pauseSec}`,
    'x-queue-place': `${place}`,
    'set-cookie': ticketOf(ticket),
  })
}
