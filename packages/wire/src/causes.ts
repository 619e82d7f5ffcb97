// From what Node, OpenSSL and undici throw to one short list of stable causes. The list stands in transport.ts.
import { DialError } from './dial-error.ts'

/** What this machine lacked, when it was this machine that failed. */
export function ownLack(error: Error): 'descriptors' | 'ports' | 'memory' | null {
  switch (codeOf(error)) {
    case 'EMFILE':
    case 'ENFILE':
      return 'descriptors'
    case 'EADDRNOTAVAIL':
    // Said in its place of a socket that was given an address of ours, and no port.
    case 'EADDRINUSE':
      return 'ports'
    case 'ENOBUFS':
    case 'ENOMEM':
      return 'memory'
    default:
      return null
  }
}

/** It says something of one address only: another one may still be reached. A family that is switched off here is such a one. */
export function isOfAddress(error: Error): boolean {
  return /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ETIMEDOUT|EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(codeOf(error))
}

/** Which of two failed addresses to tell of: what the target did, before what we lacked for the other; else the later one. */
export function moreTelling(earlier: Error, later: Error): Error {
  return isOurs(later) && !isOurs(earlier) ? earlier : later
}

function isOurs(error: Error): boolean {
  return ownLack(error) !== null || codeOf(error) === 'EAFNOSUPPORT'
}

/** `hasStarted`: bytes of the answer had arrived when it broke. */
export function causeOf(error: Error, hasStarted: boolean): string {
  if (error instanceof DialError) return error.wireCause
  const code = codeOf(error)
  if (error.name === 'HTTPParserError') return `malformed:${parserWords(error.message)}`
  const known = knownCauses[code]
  if (known !== undefined) return known === 'reset' && hasStarted ? 'truncated' : known
  if (isTlsCode(code)) return `tls:${code}`
  return `socket:${code === '' ? error.name : code}`
}

const knownCauses: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_DESTROYED: 'cancelled',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'unsendable',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
}

/** undici's parser names its reason in brackets and in its own fixed words, never in the server's. */
function parserWords(message: string): string {
  const reason = /\(([^)]*)\)$/.exec(message)?.[1] ?? ''
  const words = reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return words === '' ? 'answer' : words
}

/** Node's own (ERR_TLS), OpenSSL's (ERR_SSL, ERR_OSSL; EPROTO where Node knows no more), and what X.509 holds against a certificate. */
function isTlsCode(code: string): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_|HOSTNAME_MISMATCH$)/.test(
    code,
  )
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : ''
}
