// Cookies as answers set them, and which of them stand for a session. A cautious guess by name: rather one too many.
import { isSecretName } from '@doorbuster/plan'

export type SetCookie = {
  readonly name: string
  readonly value: string
  readonly isSecure: boolean
  readonly isHttpOnly: boolean
  readonly sameSite: string | undefined
  readonly isSession: boolean
  /** It takes a cookie away rather than setting one. */
  readonly isGone: boolean
}

const mostChars = 4_096

/** Null: no cookie that a browser would take. */
export function readSetCookie(header: string): SetCookie | null {
  const [pair = '', ...rest] = header.slice(0, mostChars).split(';')
  const equals = pair.indexOf('=')
  if (equals < 1) return null
  const name = pair.slice(0, equals).trim()
  const value = pair.slice(equals + 1).trim()
  const attributes = new Map(
    rest.map((part) => {
      const [key = '', ...value] = part.split('=')
      return [key.trim().toLowerCase(), value.join('=').trim()]
    }),
  )
  const maxAge = attributes.get('max-age')
  return {
    name,
    value,
    isSecure: attributes.has('secure'),
    isHttpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite')?.toLowerCase(),
    isSession: isSecretName(name) || /(?:^|[^a-z])(?:sess|cart|basket|login|user|remember)|(?:sessid|^sid$|\.sid$)/i.test(name),
    isGone: maxAge === '0' || value === '' || Date.parse(attributes.get('expires') ?? '') <= 0,
  }
}
