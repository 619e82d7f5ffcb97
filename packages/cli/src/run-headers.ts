// What every request says of the run it belongs to: whoever finds it in a log can tell which run it was, and whom to ask. Not part of the plan,
// whose hash is the same for every run of it.
import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { Plan } from '@doorbuster/plan'

/** 12 hexadecimal digits. */
export function newRunId(): string {
  return randomBytes(6).toString('hex')
}

export type RunTag = { readonly runId: string; readonly contact: string }

/** The plan's own headers of the same name win. */
export function tagged(plan: Plan, tag: RunTag | null): Plan {
  if (tag === null) return plan
  const { runId, contact } = tag
  return { ...plan, headers: { 'doorbuster-run': runId, 'doorbuster-contact': contact, ...plan.headers } }
}

/** The plan's word first, then that of the allow list; a target that needed neither is this machine, and so is whoever loads it. */
export function contactOf({ contact }: Plan, ofAllowList: string | null): string {
  return contact ?? (ofAllowList === null ? `${userName()} at ${hostname()}` : plainLetters(ofAllowList))
}

/** A contact may be written in any script, a header may not. */
function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^ -~]/g, '?')
}

function userName(): string {
  try {
    return plainLetters(userInfo().username)
  } catch {
    // An account without an entry in the system's list, as in some containers.
    return 'somebody'
  }
}
