// The shoppers of a plan as written → classes that can be sent. Knows nothing of traffic and objectives.

import { behaviourOf } from './behaviour.ts'
import type { Shopper, UrlStep } from './plan.ts'
import type { PlacedShopper } from './plan-checks.ts'
import { declaredShopper, journeyShopper, planShape } from './plan-schema.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import { read } from './schema-problems.ts'
import { covered } from './secrets.ts'
import { stepsInText } from './shoppers.ts'
import { baseOf } from './target.ts'
import type { GivenTraits } from './traits-schema.ts'
import { readTraits } from './traits-schema.ts'

export type Crowd = {
  readonly shoppers: readonly PlacedShopper[]
  /** The target without the path that the default visitor's request already holds. */
  readonly target: string | undefined
}

/** The classes that could be read; where one could not, its problems are pushed. */
export function readCrowd(problems: Problem[], given: Readonly<Record<string, unknown>>, target: URL | undefined): Crowd {
  const { shoppers, steps } = given
  const watchers = read(problems, 'watchers', planShape.watchers, given.watchers)
  if (shoppers === undefined && steps === undefined) return defaultCrowd(target, watchers)
  if (target !== undefined && target.search !== '')
    problems.push(problem('target', 'a URL without a query, which every step has for itself', target.href))
  if (shoppers !== undefined && steps !== undefined) problems.push(problem('steps', 'either "steps" or "shoppers"', 'both'))
  const placed = shoppers === undefined ? readVisitor(problems, steps, watchers) : readShoppers(problems, shoppers, watchers)
  return { shoppers: placed, target: target && baseOf(target) }
}

/** A bare URL: one request for just that URL, counted as any request without a step's name. */
function defaultCrowd(target: URL | undefined, watchers: PlanWatchers): Crowd {
  if (target === undefined) return { shoppers: [], target: undefined }
  const request = { step: `GET ${covered(readable(target.pathname))}`, method: 'GET', path: target.pathname + target.search, headers: {} }
  return {
    shoppers: [{ path: 'shoppers', shopper: fromRequests({ name: 'visitor', weight: 1, steps: [request] }, watchers) }],
    target: target.origin,
  }
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

function readVisitor(problems: Problem[], given: unknown, watchers: PlanWatchers): readonly PlacedShopper[] {
  const requests = read(problems, 'steps', planShape.steps, given)
  return requests === undefined ? [] : [{ path: 'steps', shopper: fromRequests({ name: 'visitor', weight: 1, steps: requests }, watchers) }]
}

function readShoppers(problems: Problem[], given: unknown, watchers: PlanWatchers): readonly PlacedShopper[] {
  if (!Array.isArray(given) || given.length === 0) {
    problems.push(problem('shoppers', 'a list of shopper classes, at least one', given))
    return []
  }
  return given.flatMap((each: unknown, index) => {
    const path = `shoppers[${index}]`
    const shopper = isJourney(each) ? readJourney(problems, path, each, watchers) : readDeclared(problems, path, each, watchers)
    return shopper === undefined ? [] : [{ path, shopper }]
  })
}

function isJourney(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'journey' in given
}

function readJourney(problems: Problem[], path: string, given: unknown, watchers: PlanWatchers): Shopper | undefined {
  const found = read(problems, path, journeyShopper, given)
  if (found === undefined) return undefined
  const { name, weight, steps, journey } = found
  const traits = readTraits(found, watchers, [])
  const known = [...steps, ...stepsInText(journey), ...(traits.watchers === undefined ? [] : [traits.watchers.step])]
  return { kind: 'journey', name, weight, ...traits, ...behaviourOf(found), steps: [...new Set(known)], journey }
}

function readDeclared(problems: Problem[], path: string, given: unknown, watchers: PlanWatchers): Shopper | undefined {
  const found = read(problems, path, declaredShopper, given)
  return found && { ...fromRequests(found, watchers), ...behaviourOf(found) }
}

type PlanWatchers = Parameters<typeof readTraits>[1]
type Declared = GivenTraits & { readonly name: string; readonly weight: number; readonly steps: readonly UrlStep[] }

function fromRequests(given: Declared, watchers: PlanWatchers): Shopper {
  const { name, weight, steps: requests } = given
  const traits = readTraits(given, watchers, requests)
  const known = [...requests.map(({ step }) => step), ...(traits.watchers === undefined ? [] : [traits.watchers.step])]
  return { kind: 'steps', name, weight, ...traits, steps: [...new Set(known)], requests }
}
