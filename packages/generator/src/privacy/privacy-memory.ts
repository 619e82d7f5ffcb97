// What all sending threads of a run know together of their shoppers' data: one memory, laid out here. Holds hashes, never a value.
//
//   │ flags │ lengths of owned values, one bit each │ names of fields │ owners of values, by hash │

export type PrivacyMemory = {
  readonly flags: Int32Array
  readonly lengths: Int32Array
  readonly names: Int32Array
  readonly owners: Int32Array
}

/** Places in `flags`: whether any shopper took canaries, a phone number, or owns a value of the shop's; and how many values are owned. */
export const flagAt = { planted: 0, phones: 1, owned: 2, count: 3 } as const

export const mostOwnFields = 15
export const mostFieldLetters = 20
/** The state of a name, and its letters. */
export const nameWords = 1 + mostFieldLetters / Int32Array.BYTES_PER_ELEMENT
export const mostOwnedLength = 512
/** Two hashes, owner, field. */
export const ownerWords = 4
export const ownerSlots = 2 ** 19

const sizes = {
  flags: Object.keys(flagAt).length,
  lengths: Math.ceil((mostOwnedLength + 1) / 32),
  names: mostOwnFields * nameWords,
  owners: ownerSlots * ownerWords,
}

/** What all sending threads of a run are given. */
export type PrivacyGround = {
  /** Canaries of two runs differ by it. */
  readonly runId: string
  readonly memory: SharedArrayBuffer
}

/** Nothing of its 8 MB is used before something is written there. Without an id two runs of one seed have the same canaries. */
export function privacyGround(runId = ''): PrivacyGround {
  const words = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  return { runId, memory: new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT) }
}

export function viewPrivacyMemory(memory: SharedArrayBuffer): PrivacyMemory {
  let at = 0
  const take = (words: number): Int32Array => {
    const view = new Int32Array(memory, at * Int32Array.BYTES_PER_ELEMENT, words)
    at += words
    return view
  }
  return { flags: take(sizes.flags), lengths: take(sizes.lengths), names: take(sizes.names), owners: take(sizes.owners) }
}

/** As long as another thread may take for a few words. One that was ended in the middle of them never gets there, and nobody waits for it. */
const mostLooks = 1_000_000

/** Waits until a word is no longer what says that another thread is writing. */
export function awaitOther(cells: Int32Array, at: number, writing: number): void {
  for (let look = 0; look < mostLooks && Atomics.load(cells, at) === writing; look++);
}
