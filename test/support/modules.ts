// The product's modules as the architecture test sees them: path, text, code and imports. Knows nothing of the rules.
import { globSync, readFileSync } from 'node:fs'
import { posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOnly, importsOf } from './source-text.ts'

/** Absolute path of the repository, ending with a separator. */
export const ROOT_FOLDER = fileURLToPath(new URL('../..', import.meta.url))

export type Module = {
  /** From the root, with forward slashes: `packages/plan/src/units.ts`. */
  readonly path: string
  /** The package's folder name: `plan`. */
  readonly inPackage: string
  readonly text: string
  /** The text without comments and without what stands in strings. */
  readonly code: string
  readonly imports: readonly string[]
}

export function toModule(path: string, text: string): Module {
  return { path, inPackage: path.split('/')[1] ?? '', text, code: codeOnly(text), imports: importsOf(text) }
}

/** Every module of every package's `src`. */
export function readModules(): readonly Module[] {
  const paths = globSync('packages/*/src/**/*.ts', { cwd: ROOT_FOLDER }).map((path) => path.replaceAll(sep, '/'))
  return paths.sort().map((path) => toModule(path, readFileSync(ROOT_FOLDER + path, 'utf8')))
}

/** Where an import leads, as a path from the root; undefined when it leads out of the product. */
export function leadsTo(specifier: string, importer: Module): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(importer.path), specifier)
  const sibling = /^@doorbuster\/([a-z]+)$/.exec(specifier)?.[1] ?? (specifier === 'doorbuster' ? 'cli' : undefined)
  return sibling === undefined ? undefined : `packages/${sibling}/src/index.ts`
}

/** Groups of modules that import each other in a circle, types counted (Tarjan's strongly connected components), and self-imports. */
export function importCycles(modules: readonly Module[]): readonly (readonly string[])[] {
  const targets = new Map(modules.map((module) => [module.path, module.imports.map((specifier) => leadsTo(specifier, module) ?? '')]))
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []

  const visit = (path: string): number => {
    order.set(path, order.size)
    lowest.set(path, order.size - 1)
    stack.push(path)
    for (const next of targets.get(path) ?? []) {
      if (!targets.has(next)) continue
      // A module that has left the stack belongs to a finished group, and cannot be part of this one.
      const reach = !order.has(next) ? visit(next) : stack.includes(next) ? (order.get(next) ?? 0) : Number.POSITIVE_INFINITY
      lowest.set(path, Math.min(lowest.get(path) ?? 0, reach))
    }
    if (lowest.get(path) === order.get(path)) groups.push(stack.splice(stack.indexOf(path)))
    return lowest.get(path) ?? 0
  }
  for (const path of targets.keys()) if (!order.has(path)) visit(path)
  return groups.filter((group) => group.length > 1 || targets.get(group[0] ?? '')?.includes(group[0] ?? ''))
}
