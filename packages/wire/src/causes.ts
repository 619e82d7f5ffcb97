// From what Node, OpenSSL and undici throw to one short list of stable causes. The list stands in transport.ts.
import { ConnectError } from './connect.ts'

/** What this machine lacked, when it was this machine that failed. */
export function ownLack(error: Error): 'descriptors' | 'ports' | 'memory' | null {
  switch (codeOf(error)) {
    case 'EMFILE':
    case 'ENFILE':
      return 'descriptors'
    case 'EADDRNOTAVAIL':
      return 'ports'
    case 'ENOBUFS':
    case 'ENOMEM':
      return 'memory'
    default:
      return null
  }
}

/** `hasStarted`: bytes of the answer had arrived when it broke. */
export function causeOf(error: Error, hasStarted: boolean): string {
  if (error instanceof ConnectError) return error.wireCause
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
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
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

function isTlsCode(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/.test(code)
}

function codeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : ''
}
