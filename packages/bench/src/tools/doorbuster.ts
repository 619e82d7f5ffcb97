// doorbuster, built from this checkout and run as its users run it: a URL with flags, or a plan file for a journey.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Summary } from '@doorbuster/verdict'
import { orderJson, ordersPath, priceCents, productPath } from '../shop.ts'
import type { JourneyLoad, Tool } from '../tool.ts'

const quietly = ['-q', '--json', '-']

const cli = new URL('../../../cli/', import.meta.url)

/** As it is published: from source it would carry the compiler of its own TypeScript. @throws Error when it does not build */
export function buildDoorbuster(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('build.ts', cli))], { stdio: ['ignore', 'ignore', 'inherit'] })
}

export const doorbuster: Tool = {
  name: 'doorbuster',
  find: () => [process.execPath, fileURLToPath(new URL('dist/packages/cli/src/bin.js', cli))],
  from: 'this checkout',
  read: (stdout) => {
    const { totals, generator, responseMs }: Pick<Summary, 'totals' | 'generator' | 'responseMs'> = JSON.parse(stdout)
    const { p50, p90, p99 } = responseMs
    return {
      answers: totals.done,
      failed: totals.failed + totals.dropped,
      percentiles: p50 === null || p90 === null || p99 === null ? null : { p50Ms: p50, p90Ms: p90, p99Ms: p99 },
      latenessP99Ms: generator.latenessMs.p99,
    }
  },
  does: {
    closed: ({ url, seconds, connections }) => ({
      args: ['run', url, '-c', `${connections}`, '-d', `${seconds}s`, '--insecure', ...quietly],
    }),
    open: ({ url, seconds, ratePerSec }) => ({ args: ['run', url, '-R', `${ratePerSec}/s`, '-d', `${seconds}s`, ...quietly] }),
    journey: (load) => ({ args: ['run', 'journey.plan.ts', ...quietly], files: { 'journey.plan.ts': journeyPlan(load) } }),
    waiting: ({ url, users, overSeconds }) => ({
      args: ['run', url, '--shape', `burst ${users} over ${overSeconds}s`, '--timeout', '60s', '--drain', '60s', ...quietly],
    }),
    spike: ({ url, lowPerSec, highPerSec, lowSeconds, riseSeconds, highSeconds }) => ({
      args: [
        ...['run', url, '--shape'],
        `hold ${lowPerSec}/s for ${lowSeconds}s; ramp to ${highPerSec}/s over ${riseSeconds}s; hold ${highPerSec}/s for ${highSeconds}s`,
        ...quietly,
      ],
    }),
  },
}

function journeyPlan({ origin, seconds, shoppers, sockets }: JourneyLoad): string {
  return `import { launch, shopper } from 'doorbuster'

export default launch({
  name: 'bench-journey',
  target: '${origin}',
  closed: { shoppers: ${shoppers}, lasting: '${seconds}s' },
  connections: '${sockets === 'new' ? 'per-shopper' : 'shared'}',
  shoppers: [
    shopper('buyer', async (s) => {
      await s.get('/', { step: 'landing' })
      const product = await s.get('${productPath}', { step: 'product' })
      s.check('the price stands', (product.json() as { priceCents?: number } | undefined)?.priceCents === ${priceCents})
      await s.post('${ordersPath}', { json: ${orderJson}, step: 'order' })
    }),
  ],
})
`
}
