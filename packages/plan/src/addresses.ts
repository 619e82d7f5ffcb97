// What kind of machine an IP address stands for. Resolves no names.

/**
 * `loopback`: this machine. `unspecified`: no machine in particular (0.0.0.0, ::). `link-local`: this wire only, which is where
 * clouds answer for a machine's credentials (169.254.169.254). `other`: anybody.
 */
export type AddressKind = 'loopback' | 'unspecified' | 'link-local' | 'other'

/** Undefined when the text is no IP address. IPv6 may stand in brackets; an IPv4 address inside an IPv6 one counts as that IPv4 address. */
export function kindOfAddress(text: string): AddressKind | undefined {
  const v4 = bytesOf(text)
  if (v4 !== undefined) return kindOfV4(v4)
  const v6 = groupsOf(text)
  return v6 && kindOfV6(v6)
}

/** Four decimal numbers; other spellings are normalised by `new URL` before they come here. */
function bytesOf(text: string): readonly number[] | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined
  const bytes = text.split('.').map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function kindOfV4([first = 0, second = 0]: readonly number[]): AddressKind {
  if (first === 127) return 'loopback'
  // All of 0.0.0.0/8 means "this network": Linux connects 0.0.0.0 to itself, others refuse.
  if (first === 0) return 'unspecified'
  return first === 169 && second === 254 ? 'link-local' : 'other'
}

/** Eight 16-bit groups. The URL parser writes every form, mixed ones too, as hexadecimal groups with at most one `::`. */
function groupsOf(text: string): readonly number[] | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]`)) return undefined
  const [left = '', right] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16))
}

function kindOfV6(groups: readonly number[]): AddressKind {
  const prefix = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':')
  const [sixth = 0, seventh = 0] = groups.slice(6)
  // ::ffff:0:0/96 is IPv4 on an IPv6 socket (RFC 4291), 64:ff9b::/96 is IPv4 behind a translator (RFC 6052).
  if (prefix === '0:0:0:0:0:ffff' || prefix === '64:ff9b:0:0:0:0') return kindOfV4([sixth >> 8, sixth & 255, seventh >> 8, seventh & 255])
  if (prefix === '0:0:0:0:0:0' && sixth === 0 && seventh <= 1) return seventh === 1 ? 'loopback' : 'unspecified'
  const [first = 0] = groups
  return first >= 0xfe80 && first <= 0xfebf ? 'link-local' : 'other'
}
