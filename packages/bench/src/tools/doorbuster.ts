// doorbuster, built from this checkout and run as its users run it: a URL with flags, or a plan file for a journey.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Summary } from '@doorbuster/verdict'
import { accountPath, boughtPath, cartPath, loginPath, orderJson, ordersPath, priceCents, productPath } from '../shop.ts'
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
    fullJourney: (load) => ({ args: ['run', 'journey.plan.ts', ...quietly], files: { 'journey.plan.ts': fullPlan(load) } }),
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

function journeyPlan(load: JourneyLoad): string {
  return plan(
    load,
    `
      await s.get('/', { step: 'landing' })
      const product = await s.get('${productPath}', { step: 'product' })
      s.check('the price stands', (product.json() as { priceCents?: number } | undefined)?.priceCents === ${priceCents})
      await s.post('${ordersPath}', { json: ${orderJson}, step: 'order' })`,
  )
}

/** Everything that a shopper usually does at once: canaries are planted, so every answer is searched for those of others. */
function fullPlan(load: JourneyLoad): string {
  return plan(
    load,
    `
      const { email, token } = s.me
      await s.get('/', { step: 'landing' })
      await s.post('${loginPath}', { json: { email, token }, step: 'login' })
      s.check('a session was given', s.cookies.get('session') !== undefined)
      const account = await s.get(\`${accountPath}?me=\${token}\`, { step: 'account' })
      s.check('it is our own', account.text().includes(token))
      await s.get('${productPath}', { step: 'product' })
      s.check('the price stands', s.json('$.priceCents') === ${priceCents})
      await s.group('buying', async () => {
        await s.post('${cartPath}', { form: { sku: 'tv-55', qty: 1, email }, step: 'cart' })
        s.check('one piece lies in it', s.json('$.lines[0].qty') === 1)
        const key = s.key()
        await s.post('${boughtPath}', { json: ${orderJson}, headers: { 'idempotency-key': key }, order: { sku: 'tv-55', key }, step: 'order' })
        s.check('it is confirmed', s.json('$.status') === 'confirmed')
      })`,
  )
}

function plan({ origin, seconds, shoppers, sockets }: JourneyLoad, journey: string): string {
  return `import { launch, shopper } from 'doorbuster'

export default launch({
  name: 'bench-journey',
  target: '${origin}',
  closed: { shoppers: ${shoppers}, lasting: '${seconds}s' },
  connections: '${sockets === 'new' ? 'per-shopper' : 'shared'}',
  shoppers: [
    shopper('buyer', async (s) => {${journey}
    }),
  ],
})
`
}
