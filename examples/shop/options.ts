// The command line as a value. Knows nothing of what the options do.
import { parseArgs } from 'node:util'
import type { Faults } from './faults/faults.ts'
import { faultValues, parseFaults } from './faults/faults.ts'
import type { MannerName } from './manner.ts'
import { mannerNames } from './manner.ts'

export type Options = {
  readonly manner: MannerName
  readonly port: number
  readonly stockEach: number
  readonly products: number
  readonly db: string
  /** How long a cart holds its stock; 0 for not at all. */
  readonly holdMs: number
  /** Undefined: as many as the manner has. */
  readonly workers: number | undefined
  /** How long every payment takes. Undefined: 30 to 60 ms. */
  readonly payMs: number | undefined
  readonly faults: Faults
  readonly untilStdinCloses: boolean
}

export const usage = `usage: node examples/shop/main.ts --manner naive|hardened [--port 0] [--stock 500] [--products 400]
         [--db <file>|:memory:] [--hold-ms 0] [--pay-ms <n>] [--workers <n>] [--fault <name>[=<value>]]…
         [--until-stdin-closes]
faults: ${Object.keys(faultValues).join(', ')}`

/** Throws an Error whose message is meant for the person who typed the arguments. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      manner: { type: 'string' },
      port: { type: 'string', default: '0' },
      stock: { type: 'string', default: '500' },
      products: { type: 'string', default: '400' },
      db: { type: 'string', default: ':memory:' },
      'hold-ms': { type: 'string', default: '0' },
      'pay-ms': { type: 'string' },
      workers: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      'until-stdin-closes': { type: 'boolean', default: false },
    },
  })
  return {
    manner: parseManner(values.manner),
    port: parseWhole('--port', values.port, 0, 65_535),
    stockEach: parseWhole('--stock', values.stock, 0, 1_000_000),
    products: parseWhole('--products', values.products, 1, 20_000),
    db: values.db,
    holdMs: parseWhole('--hold-ms', values['hold-ms'], 0, 86_400_000),
    workers: parseOptional('--workers', values.workers, 1, 10_000),
    payMs: parseOptional('--pay-ms', values['pay-ms'], 0, 600_000),
    faults: parseFaults(values.fault),
    untilStdinCloses: values['until-stdin-closes'],
  }
}

function parseManner(text: string | undefined): MannerName {
  const found = mannerNames.find((name) => name === text)
  if (found === undefined) throw new Error(`--manner: expected ${mannerNames.join(' or ')}, received ${JSON.stringify(text ?? '')}`)
  return found
}

function parseOptional(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  return text === undefined ? undefined : parseWhole(flag, text, least, most)
}

function parseWhole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Error(`${flag}: expected a whole number from ${least} to ${most}, received ${JSON.stringify(text)}`)
}
