// Keeps the space for young objects small. V8 lets it grow to 64 MB, which thousands of waiting shoppers fill once and never need again;
// a smaller one is collected more often, in shorter pauses, for the same work in all.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Both halves together. */
const enoughBytes = 16 * 1024 * 1024
const lookEveryMs = 50

/** Watches it grow, and stops that once it is large enough; the returned function ends the watch. Holds for every thread of the process. */
export function keepYoungSpaceSmall(): () => void {
  const watch = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    if (young !== undefined && young.space_size < enoughBytes) return
    // Read by V8 each time the space would grow: by a factor of 1 it does not.
    setFlagsFromString('--semi-space-growth-factor=1')
    clearInterval(watch)
  }, lookEveryMs).unref()
  return () => clearInterval(watch)
}
