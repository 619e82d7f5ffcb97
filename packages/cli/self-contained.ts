// One step of the build: text of a compiled module in, text without private siblings' names out. Knows nothing of files.
import { posix } from 'node:path'

/**
 * The module's text with every quoted `@doorbuster/<name>` turned into a relative path to that sibling's index, and (for declarations,
 * whose relative imports tsc leaves alone) `./x.ts` into `./x.js`. `modulePath` is relative to dist, with forward slashes.
 * A specifier that names anything below a sibling is an error: only its index is public.
 */
export function selfContained(moduleText: string, modulePath: string): string {
  const toSibling = moduleText.replace(/(['"])@doorbuster\/([^'"]+)\1/g, (_, quote: string, name: string) => {
    if (!/^[a-z]+$/.test(name)) throw new Error(`${modulePath} imports @doorbuster/${name}: only a sibling's index can be imported`)
    const path = posix.relative(posix.dirname(modulePath), `packages/${name}/src/index.js`)
    return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`
  })
  return modulePath.endsWith('.d.ts') ? toSibling.replace(/((?:from |import |import\()(['"])\.[^'"]*)\.ts\2/g, '$1.js$2') : toSibling
}
