// A mask for names, which are few and come with every request: each is looked through once. For whole texts it is the mask as it was.
import type { Mask } from '@doorbuster/plan'

/** A journey that makes its names up must not fill the memory. */
const mostNames = 1_000
const mostCharacters = 200

export function rememberedMask(mask: Mask): Mask {
  const known = new Map<string, string>()
  return (text) => {
    const there = known.get(text)
    if (there !== undefined) return there
    const masked = mask(text)
    if (known.size < mostNames && text.length <= mostCharacters) known.set(text, masked)
    return masked
  }
}
