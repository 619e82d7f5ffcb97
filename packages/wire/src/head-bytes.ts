// Headers that came one by one, as the bytes of one head again: for a search through all of them. Knows nothing of framing.

/** Each header is its name and its value. */
export function headBytes(headers: readonly (readonly string[])[]): Uint8Array {
  return Buffer.from(headers.map(([name = '', value = '']) => `${name}: ${value}\r\n`).join(''), 'latin1')
}
