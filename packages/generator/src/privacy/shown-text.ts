// The surroundings of a find as they may be kept: everything that could be somebody's, or a secret, is covered. Knows nothing of finds.

const cover = '•••'
const mostSampleCharacters = 120
/** On each side, far more than is shown: what is cut in the middle could not be recognised. */
const contextBytes = 512

/** `name` stands in place of what lies in [from, end). */
export function shownAround(bytes: Uint8Array, from: number, end: number, name: string): string {
  const before = masked(textOf(bytes, from - contextBytes, from))
  const after = masked(textOf(bytes, end, end + contextBytes))
  const room = (mostSampleCharacters - name.length - 2) / 2
  return `${before.slice(-room)}[${name}]${after.slice(0, room)}`
}

/** Addresses, numbers of six digits and more, and runs of twelve letters or digits: tokens, canaries, hashes. */
function masked(text: string): string {
  return text
    .replace(/[^\s<>"'=:;,&?]*(?:@|%40)[^\s<>"'=:;,&?]*/gi, cover)
    .replace(/[A-Za-z0-9_+/~-]{12,}={0,2}/g, cover)
    .replace(/\d(?:[ .-]?\d){5,}/g, cover)
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(Math.max(0, from), Math.min(bytes.length, to))
  return new TextDecoder().decode(part).replace(/\p{C}+|\s+/gu, ' ')
}
