// Names that a journey gives to what it counts. Those of our own areas are not its to give. Knows nothing of who counts.
import { areaOf } from '@doorbuster/plan'

/** @throws TypeError */
export function countedName(name: string): string {
  if (!/^[\w.-]{1,80}$/.test(name))
    throw new TypeError(`a number is counted under 1 to 80 letters, digits, "_", "." and "-", not under ${JSON.stringify(name)}`)
  const area = areaOf(name)
  if (area !== null) throw new TypeError(`names that begin with "${area}." are doorbuster's own: ${JSON.stringify(name)}`)
  return name
}

/** @throws TypeError */
export function groupName(name: string): string {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= 80 && !/\p{Cc}/u.test(name)) return name
  throw new TypeError(`a group is named by 1 to 80 characters on one line, not by ${JSON.stringify(name)}`)
}

/** A reason in words as part of a name: `Sold out!` → `sold-out`. */
export function reasonName(reason: string): string {
  const name = reason.toLowerCase().replace(/[^\p{L}\p{N}_.]+/gu, '-')
  return name.replace(/^-+|-+$/g, '').slice(0, 60) || 'unnamed'
}

/** @throws TypeError */
export function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new TypeError(`${name} is counted in numbers, not in ${String(value)}`)
}
