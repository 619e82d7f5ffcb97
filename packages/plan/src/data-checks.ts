// What a plan's rows must be to the rest of it: enough of them for the arrivals, and every place in a declared step must have its value.
import type { DataSet } from './data.ts'
import { listed } from './nearest.ts'
import type { Model, Plan, UrlStep } from './plan.ts'
import type { PlacedShopper } from './plan-checks.ts'
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'
import { isUnread, owedArrivals } from './stage-size.ts'
import type { Placeholder, Template } from './template.ts'
import { nameOf, templateOf } from './template.ts'

type DataByName = NonNullable<Plan['data']>

/** Rows that run out before the arrivals do. Nothing is said of rows or curves that were not read yet. */
export function rowProblems(data: DataByName, model: Model): readonly Problem[] {
  if (model.kind === 'closed' || model.traffic.some(isUnread)) return []
  // Sums of areas may fall short of the whole arrival they mean by a rounding.
  const arrivals = Math.floor(model.traffic.reduce((sum, stage) => sum + owedArrivals(stage), 0) + 1e-9)
  return Object.entries(data).flatMap(([name, { rows, take, atEnd }]) => {
    if (rows === null || take !== 'unique' || atEnd === 'wrap' || rows.length >= arrivals) return []
    return [problem(`data.${name}`, `at least ${arrivals} rows, one for each arrival (or atEnd: "wrap")`, rows.length)]
  })
}

/** Places in declared steps that nothing would ever be put into. */
export function placeProblems(data: DataByName, shoppers: readonly PlacedShopper[]): readonly Problem[] {
  return shoppers.flatMap(({ path, shopper }) => {
    if (shopper.kind === 'journey') return []
    const below = path === 'steps' ? 'steps' : `${path}.steps`
    const variables = new Set<string>()
    return shopper.requests.flatMap((request, index) => {
      const problems = placesOf(request).flatMap((place) => placeProblem(`${below}[${index}]`, place, data, variables))
      for (const name of Object.keys(request.extract ?? {})) variables.add(name)
      return problems
    })
  })
}

function placesOf({ path, headers, body }: UrlStep): readonly Placeholder[] {
  return [path, ...Object.values(headers), body ?? '']
    .flatMap((text): Template => templateOf(text) ?? [])
    .filter((part) => typeof part !== 'string')
}

function placeProblem(path: string, place: Placeholder, data: DataByName, variables: ReadonlySet<string>): readonly Problem[] {
  const written = `\${${nameOf(place)}}`
  if (!('set' in place)) {
    if (variables.has(place.variable)) return []
    const known = variables.size === 0 ? 'a step before it to extract that variable' : `one of the variables ${listed([...variables])}`
    return [problem(path, `${known}, or "$\${" for "\${" itself`, written)]
  }
  const set = data[place.set]
  if (set === undefined) return [problem(path, `one of the plan's data sets (${listed(Object.keys(data)) || 'there is none'})`, written)]
  const columns = columnsOf(set)
  if (columns === null || columns.includes(place.column)) return []
  return [problem(path, `one of the columns ${listed(columns)} of data.${place.set}`, written)]
}

function columnsOf({ rows }: DataSet): readonly string[] | null {
  return rows === null ? null : Object.keys(rows[0] ?? {})
}
