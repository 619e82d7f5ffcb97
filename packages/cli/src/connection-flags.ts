// Flags that say how connections are made, and the environment's part in it → settings that were checked before the first packet.
import { X509Certificate } from 'node:crypto'
import { createServer, isIP } from 'node:net'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { TlsOptions } from '@doorbuster/wire'
import type { Detour } from './detour.ts'
import { readDetour } from './detour.ts'
import { readUserText, UsageError } from './usage.ts'
import type { World } from './world.ts'

export type ConnectionFlags = {
  readonly insecure?: boolean
  readonly cacert?: string
  readonly cert?: string
  readonly key?: string
  readonly proxy?: string
  readonly connectTo?: readonly string[]
  readonly localAddress?: readonly string[]
}

export type ProxyWanted = {
  readonly origin: string
  readonly authorization: string | undefined
  /** Hosts that it is not for, as `isDirect` reads them. */
  readonly except: readonly string[]
  readonly isForLoopback: boolean
  /** The flag or variable that names it. */
  readonly from: string
}

export type ConnectionWanted = {
  readonly tls: Omit<TlsOptions, 'resumes'>
  readonly detours: readonly Detour[]
  readonly localAddresses: readonly string[]
  /** By the target's scheme; a flag's proxy is for both. */
  readonly proxyFor: (target: URL) => ProxyWanted | null
}

/** A key's passphrase comes this way: arguments can be seen by everybody on the machine. */
const passphraseVariable = 'DOORBUSTER_KEY_PASSPHRASE'

/** @throws UsageError */
export async function readConnections({ env, cwd }: Pick<World, 'env' | 'cwd'>, flags: ConnectionFlags): Promise<ConnectionWanted> {
  const { connectTo = [], localAddress = [], proxy } = flags
  const tls = readTls(cwd, env, flags)
  const detours = connectTo.map(readDetour)
  const ofFlag = proxy === undefined ? null : readProxy('--proxy', proxy, [])
  for (const address of localAddress) await refuseForeign(address)
  return { tls, detours, localAddresses: localAddress, proxyFor: (target) => ofFlag ?? proxyOfEnvironment(env, target) }
}

function readTls(cwd: string, env: World['env'], { insecure, cacert, cert, key }: ConnectionFlags): ConnectionWanted['tls'] {
  const pem = (flag: string, file: string | undefined): string | undefined => {
    if (file === undefined) return undefined
    const text = readUserText(resolve(cwd, file), `a readable PEM file for ${flag}`)
    if (text.includes('-----BEGIN ')) return text
    throw new UsageError(flag, 'a file in PEM form', file)
  }
  const authorities = pem('--cacert', cacert)
  const certificate = pem('--cert', cert)
  // A file may hold both, as curl has it.
  const ownKey = pem('--key', key) ?? certificate
  if (key !== undefined && cert === undefined) throw new UsageError('--key', 'a certificate under --cert beside it', 'no certificate')
  const passphrase = env.DOORBUSTER_KEY_PASSPHRASE
  const tls = {
    checkCertificates: insecure !== true,
    ...(authorities !== undefined && { authorities }),
    ...(certificate !== undefined && { certificate, key: ownKey ?? '' }),
    ...(passphrase !== undefined && certificate !== undefined && { passphrase }),
  }
  refuseUnusable(tls)
  return tls
}

/** Asked one by one: of several authorities, Node passes over those that it cannot read, without a word. */
function mistakeIn(authorities: string): string | null {
  try {
    for (const one of authorities.match(/-----BEGIN [^-]+-----[^-]*(?:-----END [^-]+-----)?/g) ?? []) new X509Certificate(one)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'an error'
  }
}

/** What OpenSSL cannot use is told now, not by every connection. */
function refuseUnusable({ authorities, certificate, key, passphrase }: ConnectionWanted['tls']): void {
  const works = (options: Parameters<typeof createSecureContext>[0]): string | null => {
    try {
      createSecureContext(options)
      return null
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'an error'
    }
  }
  const ofAuthorities = authorities === undefined ? null : mistakeIn(authorities)
  if (ofAuthorities !== null) throw new UsageError('--cacert', 'certificates that OpenSSL can read', ofAuthorities)
  if (certificate === undefined) return
  const ofCertificate = works({ cert: certificate })
  if (ofCertificate !== null) throw new UsageError('--cert', 'a certificate that OpenSSL can read', ofCertificate)
  const ofKey = works({ cert: certificate, ...(key !== undefined && { key }), ...(passphrase !== undefined && { passphrase }) })
  if (ofKey !== null) throw new UsageError('--key', `the key of that certificate, and its passphrase in ${passphraseVariable}`, ofKey)
}

/** The credentials of the URL are used, and shown nowhere. */
function readProxy(from: string, text: string, except: readonly string[]): ProxyWanted {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(written) ? new URL(written) : null
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new UsageError(from, 'the http or https URL of a proxy, such as "http://127.0.0.1:3128"', withoutCredentials(text))
  const { username, password } = url
  const secret = username === '' && password === '' ? undefined : basic(from, username, password)
  // A shop on this very machine is no business of the environment's proxy.
  return { origin: url.origin, authorization: secret, except, isForLoopback: from === '--proxy', from }
}

function basic(from: string, username: string, password: string): string {
  try {
    return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
  } catch {
    throw new UsageError(from, 'a user and a password that are percent-encoded', 'a stray "%"')
  }
}

function withoutCredentials(text: string): string {
  return JSON.stringify(text.replace(/^([^@]*\/\/)?.*@/, '$1…@'))
}

/** Names in small letters come first, as with curl; `NO_PROXY` is a list with commas. */
function proxyOfEnvironment(env: World['env'], { protocol }: URL): ProxyWanted | null {
  const [name, large] = protocol === 'https:' ? ['HTTPS_PROXY', env.HTTPS_PROXY] : ['HTTP_PROXY', env.HTTP_PROXY]
  const small = env[name.toLowerCase()] || undefined
  const url = small ?? large ?? ''
  if (url === '') return null
  const except = (env.no_proxy || env.NO_PROXY || '').split(/[\s,]+/).filter((each) => each !== '')
  return readProxy(small === undefined ? name : name.toLowerCase(), url, except)
}

/** Bound once, and let go: whether this machine has an address, the system knows best. */
async function refuseForeign(address: string): Promise<void> {
  const expected = 'an address of this machine, such as "127.0.0.2"'
  if (isIP(address) === 0) throw new UsageError('--local-address', expected, JSON.stringify(address))
  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', ({ code = 'an error' }: NodeJS.ErrnoException) =>
      fail(new UsageError('--local-address', expected, `${address} (${code})`)),
    )
    server.listen({ host: address, port: 0 }, () => server.close(() => done()))
  })
}

/** @throws UsageError where none of our own addresses can reach any of those. */
export function refuseOtherFamily(localAddresses: readonly string[], addresses: readonly string[]): void {
  const families = new Set(addresses.map(isIP))
  if (localAddresses.length === 0 || localAddresses.some((address) => families.has(isIP(address)))) return
  const expected = families.has(6) ? 'an IPv6 address, as the target has none other' : 'an IPv4 address, as the target has none other'
  throw new UsageError('--local-address', expected, localAddresses.join(', '))
}
