// Where the demo's shop is: examples/shop, beside packages/ in a checkout and in the published package alike.
import type { RunningShop, ShopOptions } from '../../../examples/shop/start.ts'

export type { RunningShop }

export async function startShop(options: ShopOptions): Promise<RunningShop> {
  const { startShop: start } = await import('../../../examples/shop/start.ts')
  return start(options)
}
