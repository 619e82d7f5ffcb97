// The shop's command: opens its doors on loopback, says where in one line of JSON, and closes when told to.
import type { AddressInfo } from 'node:net'
import type { Options } from './options.ts'
import { parseOptions, usage } from './options.ts'
import { createPayment } from './payment.ts'
import type { OpenShop } from './shop.ts'
import { openShop } from './shop.ts'

const closingMs = 500

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
    process.exit(2)
  }
}

function listen({ server }: OpenShop, { port, manner }: Options): void {
  server.once('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  server.listen(port, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    process.stdout.write(`${JSON.stringify({ url, manner, pid: process.pid })}\n`)
  })
}

function closeWhenTold(shop: OpenShop, untilStdinCloses: boolean): void {
  const leave = () => {
    shop.close()
    process.exit(0)
  }
  const close = () => {
    shop.server.close(leave)
    shop.server.closeIdleConnections()
    // A naive shop may have minutes of work in its line; nobody who closes the shop wants to wait for that.
    setTimeout(leave, closingMs)
  }
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
  if (untilStdinCloses) process.stdin.once('close', close).resume()
}

const options = readOptions()
const shop = openShop({ ...options, pay: createPayment(options.payMs), onFailure: (error) => console.error(error) })
closeWhenTold(shop, options.untilStdinCloses)
listen(shop, options)
