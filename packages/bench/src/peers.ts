// Who is compared, and how each is told the same thing. A new peer is one entry in this list and one reader in read-output.ts.
import { fileURLToPath } from 'node:url'
import { nodeScript, onPath } from './program.ts'
import type { Claim } from './read-output.ts'
import { readAb, readAutocannon, readDoorbuster, readH2load, readHey, readWrk } from './read-output.ts'

export type Load = { readonly url: string; readonly seconds: number }

export type Peer = {
  readonly name: string
  /** The program as the start of a command; null when this machine lacks it. */
  readonly find: () => readonly string[] | null
  /** Whole seconds: some know no others. One thread, since all get one CPU. */
  readonly argumentsFor: (load: Load) => readonly string[]
  readonly read: (stdout: string) => Claim
  /** How to get it. */
  readonly from: string
}

/** Sockets that are kept open and busy, by every closed loop. */
export const connections = 50
const openRatePerSec = 2_000

/** ab wants a number of requests as well, and stops at whichever comes first. */
const never = 100_000_000

const doorbuster = {
  find: () => [process.execPath, '--conditions=source', fileURLToPath(new URL('../../cli/src/bin.ts', import.meta.url))],
  read: readDoorbuster,
  from: 'this checkout',
}
const quietly = ['-q', '--json', '-']

export const peers: readonly Peer[] = [
  {
    ...doorbuster,
    name: `doorbuster -c ${connections}`,
    argumentsFor: ({ url, seconds }) => ['run', url, '-c', `${connections}`, '-d', `${seconds}s`, ...quietly],
  },
  {
    ...doorbuster,
    name: `doorbuster -R ${openRatePerSec}/s`,
    argumentsFor: ({ url, seconds }) => ['run', url, '-R', `${openRatePerSec}/s`, '-d', `${seconds}s`, ...quietly],
  },
  {
    name: 'autocannon',
    find: () => nodeScript(() => import.meta.resolve('autocannon')),
    argumentsFor: ({ url, seconds }) => ['-j', '-c', `${connections}`, '-d', `${seconds}`, url],
    read: readAutocannon,
    from: 'pnpm install',
  },
  {
    name: 'wrk',
    find: () => onPath('wrk'),
    argumentsFor: ({ url, seconds }) => ['-t1', `-c${connections}`, `-d${seconds}s`, url],
    read: readWrk,
    from: 'apt-get install wrk',
  },
  {
    name: 'ab',
    find: () => onPath('ab'),
    argumentsFor: ({ url, seconds }) => ['-q', '-k', '-c', `${connections}`, '-t', `${seconds}`, '-n', `${never}`, url],
    read: readAb,
    from: 'apt-get install apache2-utils',
  },
  {
    name: 'h2load --h1',
    find: () => onPath('h2load'),
    argumentsFor: ({ url, seconds }) => ['--h1', '-t1', '-c', `${connections}`, '-D', `${seconds}`, url],
    read: readH2load,
    from: 'apt-get install nghttp2-client',
  },
  {
    name: 'hey',
    find: () => onPath('hey'),
    argumentsFor: ({ url, seconds }) => ['-cpus', '1', '-c', `${connections}`, '-z', `${seconds}s`, url],
    read: readHey,
    from: 'apt-get install hey',
  },
]
