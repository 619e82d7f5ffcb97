// `doorbuster init`: writes a plan that runs at once, and says how.
import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { launch } from '@doorbuster/plan'
import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

type Flags = { readonly target: string; readonly force?: boolean }

const shopPort = 4000

export function addInit(program: Command, world: World, onEnd: (code: ExitCode) => void): void {
  program
    .command('init')
    .summary('write a first plan')
    .description('Writes a first plan: a small flash sale with two kinds of shoppers, ready to run against the demo shop or your own.')
    .argument('[file]', 'plan file to write', 'launch.plan.ts')
    .option('--target <url>', 'where the plan goes', `http://127.0.0.1:${shopPort}`)
    .option('--force', 'overwrite the file')
    .action((file: string, flags: Flags) => {
      const path = resolve(world.cwd, file)
      if (!/\.m?[tj]s$/.test(file)) throw new UsageError('init', 'a file that ends in .ts, .mts, .js or .mjs', JSON.stringify(file))
      if (existsSync(path) && flags.force !== true)
        throw new UsageError('init', 'a file that is not there yet (or --force)', JSON.stringify(file))
      // The target is checked as any plan's is, before it is written into one.
      launch({ name: 'first', target: flags.target, traffic: 'hold 1/s for 1s' })
      try {
        writeFileSync(path, firstPlan(flags.target))
      } catch (error) {
        throw new UsageError('init', 'a file that can be written', `${path} (${(error as NodeJS.ErrnoException).code})`)
      }
      world.stdout.write(nextSteps(file, flags.target))
      onEnd(exitCodes.go)
    })
}

function nextSteps(file: string, target: string): string {
  const shop =
    target === `http://127.0.0.1:${shopPort}`
      ? [`  doorbuster demo --serve hardened --port ${shopPort}   # a shop to rehearse against; leave it running`]
      : []
  return [
    `Wrote ${file}. Next:`,
    ...shop,
    `  doorbuster shape ${file}   # see the crowd before it comes`,
    `  doorbuster run ${file}     # rehearse`,
    '',
  ].join('\n')
}

/** Every request of it exists in the demo shop. */
function firstPlan(target: string): string {
  return `// A flash sale of about half a minute. Change the target, the numbers and the journeys to your own.
import { hold, launch, ramp, rush, shopper } from 'doorbuster'

export default launch({
  name: 'first-launch',
  target: ${quoted(target)},
  traffic: [
    hold('10/s', '8s', { phase: 'baseline' }),
    ramp('10/s', '40/s', '4s', { phase: 'countdown' }),
    rush({ arrivals: 600, law: 'lognormal', median: '3s', sigma: 0.8, lasting: '10s', phase: 'doors' }),
    hold('10/s', '10s', { phase: 'aftershock' }),
  ],
  shoppers: [
    shopper('looker', { weight: 80 }, [
      { step: 'landing', get: '/', think: 'exp 1s' },
      { step: 'product', get: '/p/tv-55' },
    ]),
    shopper('buyer', { weight: 20, patience: true }, async (s) => {
      await s.get('/p/tv-55', { step: 'product' })
      await s.think('exp 500ms')
      // Canaries: an answer that shows them to anybody else ends the run.
      await s.post('/login', { json: { email: s.me.email, password: s.me.token }, step: 'login' })
      await s.post('/cart', { json: { sku: 'tv-55', qty: 1 }, step: 'cart' })
      // Sold out (409) is an honest answer. \`order\` tells the ledger what came of it.
      const order = { sku: 'tv-55', qty: 1, key: s.key() }
      await s.post('/orders', { json: order, order, step: 'checkout', expect: [201, 409] })
      await s.get('/account', { step: 'account', check: { 'it is mine': (page) => page.text().includes(s.me.email) } })
    }),
  ],
  objectives: ['p(95) < 500ms', 'p(99) of checkout < 1s in doors', 'errors < 0.1%', 'recovery < 10s'],
  // The shop's own books: more sold than there was, or other than its shoppers were told, is a no-go.
  orders: { stock: ['tv-55'], count: { get: '/stock/{sku}', sold: 'sold', stock: 'stock' } },
})
`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
