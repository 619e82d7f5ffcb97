// The demo's shop inside this process, on a port of its own: its faults do not need a process each. Knows nothing of doorbuster.
import { once } from 'node:events'
import { parseOptions } from '../../examples/shop/options.ts'
import type { Pay } from '../../examples/shop/payment.ts'
import { createPayment } from '../../examples/shop/payment.ts'
import { openShop } from '../../examples/shop/shop.ts'
import { portOf } from './servers.ts'

export type ShopHere = AsyncDisposable & { readonly url: string; readonly failures: readonly unknown[] }

/** As on the command line; `pay` stands in for its bank. Three products, unless told otherwise. */
export async function shopHere(commandLine: string, pay?: Pay): Promise<ShopHere> {
  const failures: unknown[] = []
  const options = parseOptions(['--manner', 'hardened', '--products', '3', ...commandLine.split(' ').filter((word) => word !== '')])
  const { server, close } = openShop({ ...options, pay: pay ?? createPayment(options.payMs), onFailure: (error) => failures.push(error) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    close()
  }
  return { url: `http://127.0.0.1:${portOf(server)}`, failures, [Symbol.asyncDispose]: stop }
}
