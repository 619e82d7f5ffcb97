// What was found in answers and no objective stands against: what to do about each kind of it. Nothing here is escaped yet.
// A finding that an objective was missed for is told with that objective.
import type { Finding } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { sayClock, sayCount, sayMany } from '../format.ts'
import type { Action } from './action.ts'

type Kind = Finding['kind']
type Words = { readonly metric: string; readonly title: string; readonly advice: string }

const keepShut = 'Keep the doors shut until it is known why. An objective makes sure that it never comes back unseen.'
const words: Readonly<Record<Kind, Words>> = {
  leak: { metric: 'leaks', title: 'Shoppers were shown what is another’s', advice: keepShut },
  'shared-session': { metric: 'shared-sessions', title: 'Two shoppers were given one session', advice: keepShut },
  'open-door': { metric: 'open-doors', title: 'A door that should have been shut was open', advice: keepShut },
  'personal-data': {
    metric: 'personal-data',
    title: 'Any cache may keep an answer with personal data in it',
    advice: 'Send it with “cache-control: private” or “no-store”, unless it is meant for everybody’s eyes.',
  },
}
/** The most costly first; what may be meant to be seen comes last. */
const kinds = ['leak', 'shared-session', 'open-door', 'personal-data'] as const satisfies readonly Kind[]

/** `grave` come before lost orders, `mild` after everything that stands against the launch. */
export function findingActions(summary: Summary): { readonly grave: readonly Action[]; readonly mild: readonly Action[] } {
  const told = kinds.filter((kind) => isUnforbidden(kind, summary)).map((kind) => ({ kind, action: actionOf(kind, summary) }))
  return {
    grave: told.flatMap(({ kind, action }) => (kind === 'personal-data' ? [] : [action])),
    mild: told.flatMap(({ kind, action }) => (kind === 'personal-data' ? [action] : [])),
  }
}

/** Whether a warning says what stands among the actions already. */
export function isToldAsFinding(text: string, summary: Summary): boolean {
  return kinds.some((kind) => isOn(text, kind) && isUnforbidden(kind, summary))
}

function isUnforbidden(kind: Kind, { findings, objectives }: Summary): boolean {
  const isForbidden = objectives.some(({ text, status, warnOnly }) => isOn(text, kind) && status === 'missed' && !warnOnly)
  return !isForbidden && findings.some((one) => one.kind === kind)
}

function isOn(text: string, kind: Kind): boolean {
  return text.startsWith(`${words[kind].metric} `)
}

function actionOf(kind: Kind, { findings }: Summary): Action {
  const own = findings.filter((one) => one.kind === kind).toSorted((a, b) => b.count - a.count)
  const { metric, title, advice } = words[kind]
  const [most] = own
  const times = own.reduce((sum, { count }) => sum + count, 0)
  return {
    stake: 'private data',
    title: `${title}, ${times === 1 ? 'once' : `${sayCount(times)} times`}, and no objective stands against it.`,
    advice,
    evidence: [
      ['found', sayMany(times, 'time')],
      ...(most === undefined ? [] : ([['most often', `${most.field} in ${most.where} of ${most.step}`]] as const)),
      ['first', sayClock(Math.min(...own.map(({ firstMs }) => firstMs)))],
    ],
    command: `doorbuster check . --slo '${metric} == 0'`,
  }
}
