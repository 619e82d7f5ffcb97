// A plan file → a plan. Code is imported, with `doorbuster` meaning the doorbuster that is running; data is parsed.
import { accessSync, constants, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plan } from '@doorbuster/plan'
import { PlanError, planFromData, problem, readPlan, withCurves, withData, withFiles } from '@doorbuster/plan'
import { parseDocument } from 'yaml'
import { readUserText, UsageError } from './usage.ts'

const kinds = '.ts, .mts, .js, .mjs, .json, .yaml or .yml'

/** By its ending alone. */
export function isPlanFile(file: string): boolean {
  return /\.(?:m?[tj]s|json|ya?ml)$/.test(file)
}

/** @throws PlanError, UsageError, or whatever the plan's own code throws while it is loaded (as a PlanError). */
export async function loadPlan(file: string, cwd: string): Promise<Plan> {
  const path = resolve(cwd, file)
  const read = withData(await readPlanFile(file, path), (name) => readRows(resolve(dirname(path), name)))
  return withFiles(read, (name) => findBody(resolve(dirname(path), name)))
}

/** Rows are kept in memory by every sending thread. */
const mostDataBytes = 64 * 1024 * 1024

function readRows(path: string): string {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > mostDataBytes) throw new UsageError(path, `a data file of at most ${mostDataBytes / 1024 / 1024} MiB`, `${bytes} bytes`)
  return readUserText(path, 'a readable data file')
}

/** The file of a body is read while it is sent; that it can be is asked now. */
function findBody(path: string): string {
  try {
    accessSync(path, constants.R_OK)
    if (statSync(path).isFile()) return path
  } catch (error) {
    throw new UsageError(path, 'a readable file for a body', (error as NodeJS.ErrnoException).code ?? String(error))
  }
  throw new UsageError(path, 'a readable file for a body', 'something else')
}

async function readPlanFile(file: string, path: string): Promise<Plan> {
  const readText = (name: string): string => readUserText(resolve(dirname(path), name), 'a readable curve file')
  switch (extname(path)) {
    case '.ts':
    case '.mts':
    case '.js':
    case '.mjs':
      return withCurves(await importPlan(path), readText)
    case '.json':
      return planFromData(parseJson(path), { readText })
    case '.yaml':
    case '.yml':
      return planFromData(parseYaml(path), { readText })
    default:
      throw new UsageError(file, `a URL, or a plan file that ends in ${kinds}`, extname(path) === '' ? 'no ending' : extname(path))
  }
}

async function importPlan(path: string): Promise<Plan> {
  readUserText(path, 'a readable plan file')
  answerForDoorbuster(path)
  let loaded: { readonly default?: unknown }
  try {
    loaded = (await import(pathToFileURL(path).href)) as typeof loaded
  } catch (error) {
    if (error instanceof PlanError) throw error
    throw new PlanError('PLAN_INVALID', [{ path, expected: 'a plan that loads', received: thrown(error) }])
  }
  if (loaded.default === undefined)
    throw new PlanError('PLAN_INVALID', [problem(path, 'a default export: export default launch({ … })', undefined)])
  return isRead(loaded.default) ? loaded.default : readPlan(loaded.default)
}

/** What `launch` returns is frozen; anything else is an object still to be read. */
function isRead(value: unknown): value is Plan {
  return typeof value === 'object' && value !== null && Object.isFrozen(value) && 'model' in value
}

function thrown(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error.stack?.split('\n').find((line) => /^\s+at .*(?:file:|\/)/.test(line) && !line.includes('node:'))
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place.trim()})`}`
}

/** A plan imports `doorbuster` wherever it lies, installed there or not, and gets this one: two of them would not know each other's errors. */
function answerForDoorbuster(plan: string): void {
  const self = new URL(import.meta.url.endsWith('.ts') ? './index.ts' : './index.js', import.meta.url).href
  const planUrl = pathToFileURL(plan).href
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'doorbuster') return { url: self, shortCircuit: true }
      const resolved = next(specifier, context)
      // Without a package.json that says so, Node would guess a plan's module kind and warn about it.
      return resolved.url === planUrl ? { ...resolved, format: planUrl.endsWith('ts') ? 'module-typescript' : 'module' } : resolved
    },
  })
}

function parseJson(path: string): unknown {
  const text = readUserText(path, 'a readable plan file')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PlanError('PLAN_INVALID', [{ path, expected: 'JSON', received: (error as Error).message }])
  }
}

function parseYaml(path: string): unknown {
  const document = parseDocument(readUserText(path, 'a readable plan file'), { prettyErrors: false })
  if (document.errors.length === 0) return document.toJS({ maxAliasCount: 100 })
  throw new PlanError(
    'PLAN_INVALID',
    document.errors.map((error) => ({ path: `${path}, character ${error.pos[0]}`, expected: 'YAML', received: error.message })),
  )
}
