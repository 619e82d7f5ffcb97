// The shoppers of a plan as written → classes that can be sent. Knows nothing of traffic and objectives.

import type { Shopper, UrlStep } from './plan.ts'
import type { PlacedShopper } from './plan-checks.ts'
import { declaredShopper, journeyShopper, planShape } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import { read } from './schema-problems.ts'
import { covered } from './secrets.ts'
import { stepsInText } from './shoppers.ts'
import { baseOf } from './target.ts'

export type Crowd = {
  readonly shoppers: readonly PlacedShopper[]
  /** The target without the path that the default visitor's request already holds. */
  readonly target: string | undefined
}

/** The classes that could be read; where one could not, its problems are pushed. */
export function readCrowd(problems: Problem[], given: Readonly<Record<string, unknown>>, target: URL | undefined): Crowd {
  const { shoppers, steps } = given
  if (shoppers === undefined && steps === undefined) return defaultCrowd(target)
  if (target !== undefined && target.search !== '')
    problems.push(problem('target', 'a URL without a query, which every step has for itself', target.href))
  if (shoppers !== undefined && steps !== undefined) problems.push(problem('steps', 'either "steps" or "shoppers"', 'both'))
  const placed = shoppers === undefined ? readVisitor(problems, steps) : readShoppers(problems, shoppers)
  return { shoppers: placed, target: target && baseOf(target) }
}

/** A bare URL: one request for just that URL, counted as any request without a step's name. */
function defaultCrowd(target: URL | undefined): Crowd {
  if (target === undefined) return { shoppers: [], target: undefined }
  const request = { step: `GET ${covered(readable(target.pathname))}`, method: 'GET', path: target.pathname + target.search, headers: {} }
  return { shoppers: [{ path: 'shoppers', shopper: fromRequests('visitor', 1, [request]) }], target: target.origin }
}

/** The path as it was written before the URL encoded it: letters of any script, but nothing that would not be seen. */
function readable(pathname: string): string {
  return pathname.replace(/(?:%[89a-f][\da-f])+/gi, (encoded) => {
    try {
      const letters = decodeURIComponent(encoded)
      return /[\p{C}\p{Z}]/u.test(letters) ? encoded : letters
    } catch {
      return encoded
    }
  })
}

function readVisitor(problems: Problem[], given: unknown): readonly PlacedShopper[] {
  const requests = read(problems, 'steps', planShape.steps, given)
  return requests === undefined ? [] : [{ path: 'steps', shopper: fromRequests('visitor', 1, requests) }]
}

function readShoppers(problems: Problem[], given: unknown): readonly PlacedShopper[] {
  if (!Array.isArray(given) || given.length === 0) {
    problems.push(problem('shoppers', 'a list of shopper classes, at least one', given))
    return []
  }
  return given.flatMap((each: unknown, index) => {
    const path = `shoppers[${index}]`
    const shopper = isJourney(each) ? readJourney(problems, path, each) : readDeclared(problems, path, each)
    return shopper === undefined ? [] : [{ path, shopper }]
  })
}

function isJourney(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'journey' in given
}

function readJourney(problems: Problem[], path: string, given: unknown): Shopper | undefined {
  const found = read(problems, path, journeyShopper, given)
  if (found === undefined) return undefined
  const { name, weight, steps, journey } = found
  return { kind: 'journey', name, weight, steps: [...new Set([...steps, ...stepsInText(journey)])], journey }
}

function readDeclared(problems: Problem[], path: string, given: unknown): Shopper | undefined {
  const found = read(problems, path, declaredShopper, given)
  return found && fromRequests(found.name, found.weight, found.steps)
}

function fromRequests(name: string, weight: number, requests: readonly UrlStep[]): Shopper {
  return { kind: 'steps', name, weight, steps: [...new Set(requests.map(({ step }) => step))], requests }
}
