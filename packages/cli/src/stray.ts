// An error that nobody caught: the plan's own code, or ours? Told by where its stack leads.
import { fileURLToPath } from 'node:url'

const ownFolder = fileURLToPath(new URL('../..', import.meta.url))

/** True when every place in the stack that is a file is one of ours. An error without a place may be anybody's. */
export function isOurs(stack: string): boolean {
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line) && /(?:file:\/\/|\(|\s)\//.test(line))
  const own = places.filter((line) => line.includes(ownFolder) && !line.includes('node_modules'))
  return places.length > 0 && own.length === places.length
}
