// `/queue`: a shopper's place in line, told as it changes, until it is time to come in. Without a waiting room that is at once.
import type { Server } from 'node:http'
import { ticketCookie, ticketOf } from './faults/queue-pages.ts'
import type { WaitingRoom } from './faults/waiting-room.ts'
import { cookieOf, visitOf } from './visit.ts'
import type { TextSocket } from './websocket.ts'
import { acceptSocket, farewell } from './websocket.ts'

const everyMs = 250
const normalEnd = 1_000

export function serveQueueSocket(server: Server, room: WaitingRoom | undefined): void {
  server.on('upgrade', (request, socket, head) => {
    // A shopper who tears the connection is no mistake of the shop.
    socket.on('error', () => socket.destroy())
    socket.unshift(head)
    const visit = visitOf(request)
    if (visit.path !== '/queue') {
      farewell(socket, 'HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    const ticket = room?.stand(cookieOf(visit, ticketCookie)).ticket
    const told = acceptSocket(request, socket, ticket === undefined ? undefined : ticketOf(ticket))
    if (told !== undefined) tellPlaces(told, () => room?.stand(ticket).place ?? 0)
  })
}

function tellPlaces(socket: TextSocket, placeNow: () => number): void {
  let told: number | undefined
  const tick = () => {
    const place = placeNow()
    if (place !== told) socket.send(JSON.stringify({ place }))
    told = place
    if (place > 0) return
    clearInterval(timer)
    socket.close(normalEnd)
  }
  const timer = setInterval(tick, everyMs)
  socket.onGone(() => clearInterval(timer))
  tick()
}
