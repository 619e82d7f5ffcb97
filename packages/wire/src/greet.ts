// One TLS greeting, looked at and hung up: what was agreed on, and the certificate that was shown, whatever is wrong with it. Asks for nothing.
import type { PeerCertificate, TLSSocket } from 'node:tls'
import { causeOf } from './causes.ts'
import { Dialler } from './dialler.ts'
import type { TransportOptions } from './transport.ts'

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

export type Greeting =
  | {
      readonly kind: 'greeted'
      readonly version: string
      /** The protocol agreed on by ALPN, of `h2` and `http/1.1`; null: none. */
      readonly protocol: string | null
      readonly certificate: Certificate
      /** What is held against the certificate, as Node or OpenSSL name it; null: nothing. */
      readonly problem: string | null
    }
  | { readonly kind: 'broken'; readonly cause: string }

/** Times in ms since 1970 UTC. */
export type Certificate = {
  readonly subject: string
  readonly issuer: string
  readonly fromMs: number
  readonly untilMs: number
}

export type GreetOptions = Pick<TransportOptions, 'now' | 'approved' | 'tls' | 'portOf' | 'proxyOf' | 'localAddresses'> & {
  readonly timeoutMs: number
  /** No other version is offered; those that OpenSSL holds for too weak are offered with the ciphers they need. */
  readonly only?: TlsVersion
}

/** Never rejects. An origin that nobody approved is `guard`. */
export function greet(origin: string, { timeoutMs, only, ...options }: GreetOptions): Promise<Greeting> {
  const tls = { ...options.tls, checkCertificates: false, ...(only !== undefined && { only }) }
  const dialler = new Dialler({ ...options, tls, budget: { take: () => true, give: () => {} } })
  return new Promise((resolve) => {
    dialler.open(origin, timeoutMs, ['h2', 'http/1.1'], (error, dialled) => {
      if (dialled === null) return resolve({ kind: 'broken', cause: causeOf(error ?? new Error('no socket'), false) })
      const socket = dialled.socket as TLSSocket
      socket.on('error', () => {})
      resolve(seen(socket))
      socket.destroy()
    })
  })
}

function seen(socket: TLSSocket): Greeting {
  const { alpnProtocol, authorizationError } = socket
  const { subject, issuer, valid_from: from, valid_to: to } = socket.getPeerCertificate()
  return {
    kind: 'greeted',
    version: socket.getProtocol() ?? 'unknown',
    protocol: alpnProtocol === false || alpnProtocol === null ? null : alpnProtocol,
    certificate: { subject: nameOf(subject), issuer: nameOf(issuer), fromMs: Date.parse(from), untilMs: Date.parse(to) },
    problem: authorizationError ? problemOf(authorizationError) : null,
  }
}

/** Node's types say that it is an error; it is the error's code where it has one. */
function problemOf(error: Error | string): string {
  return typeof error === 'string' ? error : ((error as NodeJS.ErrnoException).code ?? error.message)
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const { CN, O } = name ?? {}
  return String(CN ?? O ?? '(no name)')
}
