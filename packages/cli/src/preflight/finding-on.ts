// A finding about one answer.
import type { Reply } from './evidence.ts'
import { placeOf } from './evidence.ts'
import type { Check, Finding, Severity } from './finding.ts'

export function finding(check: Check, severity: Severity, says: string, { question }: Reply): Finding {
  return { check, severity, says, where: placeOf(question) }
}
