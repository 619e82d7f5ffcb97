// Which sign-offs are bound to this very run: a page must not show a name under numbers that its bearer never saw.
// Does not ask whether they still hold: that is a question of the day, and of `verify`.
import type { RunStart, Signature, SignOff } from '@doorbuster/measurements'
import { readSignature } from '@doorbuster/measurements'
import type { Summary } from '@doorbuster/verdict'
import { evidenceOf, inputsOf, sha256Of, summaryText } from './evidence.ts'
import { isProven } from './keys.ts'
import { hashOfSignOff } from './sign-off.ts'

/** Null when nobody has signed this. */
export function boundSignature(folder: string, start: RunStart, summary: Summary): Signature | null {
  const found = readSignature(folder)
  if (found === null || !('schema' in found)) return null
  // The summary that is about to be shown: the one in the folder may be older, or somebody else's.
  const evidence = { ...evidenceOf(folder), 'summary.json': sha256Of(summaryText(summary)) }
  const signOffs = found.signOffs.filter((_, index) => whyNotBound(found, index, { evidence, start, summary }).length === 0)
  return signOffs.length === 0 ? null : { ...found, signOffs }
}

export type SignedRun = {
  readonly evidence: SignOff['evidence']
  readonly start: RunStart
  readonly summary: Summary
}

/** Everything in which a sign-off is not of this run, in words; none when it is. */
export function whyNotBound({ signOffs }: Signature, index: number, { evidence, start, summary }: SignedRun): readonly string[] {
  const signOff = signOffs[index]
  if (signOff === undefined) return ['there is no such sign-off']
  return [
    ...differences(signOff.inputs, inputsOf(start)).map((name) => `it is of other inputs: ${name} differs`),
    ...differences(signOff.evidence, evidence).map((name) => `${name} is not the file that was signed`),
    ...(signOff.verdict === summary.verdict ? [] : [`it was given for ${signOff.verdict}, and the run is ${summary.verdict}`]),
    ...(summary.verdict === 'go' || signOff.acceptedRisk !== null ? [] : [`the run is ${summary.verdict}, and no risk was accepted`]),
    ...(signOff.follows === hashOfSignOff(signOffs[index - 1]) ? [] : ['a sign-off before it was changed, added or taken away']),
    ...(signOff.proof === undefined || isProven(signOff) ? [] : ['its proof is not of this text']),
  ]
}

function differences(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): readonly string[] {
  const [one, other] = [new Map(Object.entries(left)), new Map(Object.entries(right))]
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))
}
