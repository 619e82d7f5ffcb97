// What no client in Node can be below: sockets that write the same bytes again whenever anything was read, and look at none of it. A program of
// its own: node bare-sockets.ts <url> <connections> <seconds> [journey]. Prints how often it was answered.
//
//   without `journey`: every socket asks for the URL again and again
//   with it:           every socket sends the three requests of the shop's journey, closes, and a new one takes its place
import { connect } from 'node:net'
import { orderJson, ordersPath, productPath } from './shop.ts'

const [url = '', connections = '', seconds = '', kind = ''] = process.argv.slice(2)
const { hostname, port } = new URL(url)
const common = `host: ${hostname}:${port}\r\nuser-agent: bare-sockets\r\n`
const get = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\n${common}\r\n`)
const order = `POST ${ordersPath} HTTP/1.1\r\n${common}content-type: application/json\r\ncontent-length: ${orderJson.length}\r\n\r\n${orderJson}`
const requests = kind === 'journey' ? [get('/'), get(productPath), Buffer.from(order)] : [get('/')]
const buffer = Buffer.allocUnsafeSlow(65_536)
const untilMs = performance.now() + Number(seconds) * 1e3
let answers = 0

for (let i = 0; i < Number(connections); i++) open()

function open(): void {
  let sent = 0
  const ask = (): void => {
    const request = requests[sent % requests.length]
    if (request !== undefined) socket.write(request)
    sent++
  }
  const callback = (): boolean => {
    answers++
    if (performance.now() >= untilMs) socket.destroy()
    else if (kind === 'journey' && sent === requests.length) {
      socket.destroy()
      open()
    } else ask()
    return true
  }
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback } })
  socket.once('connect', ask)
}
process.once('exit', () => console.log(`${answers} answers`))
