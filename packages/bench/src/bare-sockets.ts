// What no client in Node can be below: sockets that write the same bytes again whenever anything was read, and look at none of it. A program of
// its own: node bare-sockets.ts <url> <connections> <seconds>. Prints how often it was answered.
import { connect } from 'node:net'

const [url = '', connections = '', seconds = ''] = process.argv.slice(2)
const { hostname, port } = new URL(url)
const request = Buffer.from(`GET / HTTP/1.1\r\nhost: ${hostname}:${port}\r\nuser-agent: bare-sockets\r\n\r\n`)
const buffer = Buffer.allocUnsafeSlow(65_536)
const untilMs = performance.now() + Number(seconds) * 1e3
let answers = 0

for (let i = 0; i < Number(connections); i++) {
  const callback = (): boolean => {
    answers++
    if (performance.now() < untilMs) socket.write(request)
    else socket.destroy()
    return true
  }
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback } })
  socket.once('connect', () => socket.write(request))
}
process.once('exit', () => console.log(`${answers} answers`))
