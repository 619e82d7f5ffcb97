// Whether somebody stands for this run today: bound to it, not run out, in the roles asked for, by a key that is trusted. Reads no files.
import type { Mistake, Signature, SignOff } from '@doorbuster/measurements'
import { signatureFile } from '@doorbuster/measurements'
import { plainLine } from '@doorbuster/report'
import type { SignedRun } from './bound.ts'
import { whyNotBound } from './bound.ts'
import { fingerprint, isProven, isSameKey } from './keys.ts'
import { hashOfSignOff } from './sign-off.ts'

export type SignatureWanted = {
  readonly now: Date
  /** Each must have signed; none: anybody. */
  readonly roles: readonly string[]
  /** PEM; null: whoever can write the folder may sign. */
  readonly trusted: string | null
}

/** `problems` empty: it stands. `notes` are for people. */
export type Found = { readonly problems: readonly string[]; readonly notes: readonly string[] }

export function verifySignature(found: Signature | Mistake | null, run: SignedRun, wanted: SignatureWanted): Found {
  if (found === null) return { problems: ['nobody has signed this run: there is no signature.json'], notes: [] }
  if (!('schema' in found)) {
    const { path, expected, received } = found
    return { problems: [`${signatureFile} ${path}: expected ${expected}, received ${plainLine(received)}`], notes: [] }
  }
  const { signOffs } = found
  const weighed = signOffs.map((signOff, index) => ({
    signOff,
    because: [...whyNotBound(found, index, run), ...whyNotNow(signOff, wanted)],
  }))
  const asked = wanted.roles.length === 0 ? [null] : wanted.roles
  const each = asked.map((role) => stands(weighed, role))
  const isChained = signOffs.every(({ follows }, index) => follows === hashOfSignOff(signOffs[index - 1]))
  return {
    problems: [
      ...(isChained ? [] : ['the sign-offs are not the ones that were given: one was changed, added or taken away']),
      ...each.flatMap(({ problems }) => problems),
    ],
    notes: each.flatMap(({ notes }) => notes),
  }
}

/** `wanted` null: whoever signed, and whenever. */
export function lastThatHolds(found: Signature | Mistake | null, run: SignedRun, wanted: SignatureWanted | null): SignOff | undefined {
  if (found === null || !('schema' in found)) return undefined
  return found.signOffs.findLast(
    (signOff, index) => whyNotBound(found, index, run).length === 0 && (wanted === null || whyNotNow(signOff, wanted).length === 0),
  )
}

type Weighed = { readonly signOff: SignOff; readonly because: readonly string[] }

/** The last one that holds counts. */
function stands(weighed: readonly Weighed[], role: string | null): Found {
  const ofRole = weighed.filter(({ signOff }) => role === null || isRole(signOff.as, role))
  const holding = ofRole.findLast(({ because }) => because.length === 0)
  if (holding !== undefined) return { problems: [], notes: noteOf(holding.signOff) }
  const who = role === null ? 'nobody' : `nobody as ${JSON.stringify(role)}`
  if (ofRole.length === 0) return { problems: [`${who} has signed this run`], notes: [] }
  const problems = ofRole.flatMap(({ signOff, because }) => because.map((why) => `signed as ${plainLine(signOff.as)}: ${plainLine(why)}`))
  return { problems, notes: [] }
}

function isRole(as: string, role: string): boolean {
  return as.trim().toLowerCase() === role.trim().toLowerCase()
}

function whyNotNow(signOff: SignOff, { now, trusted }: SignatureWanted): readonly string[] {
  const nowMs = now.getTime()
  return [
    ...(nowMs > Date.parse(signOff.until) ? [`it ran out at ${signOff.until}`] : []),
    ...(nowMs < Date.parse(signOff.signedAt) ? [`it is dated ${signOff.signedAt}, which is still to come`] : []),
    ...(trusted === null || isBy(signOff, trusted) ? [] : [`it is not proven by the trusted key ${fingerprint(trusted)}`]),
  ]
}

function isBy(signOff: SignOff, trusted: string): boolean {
  return signOff.proof !== undefined && isSameKey(signOff.proof.publicKey, trusted) && isProven(signOff)
}

function noteOf({ as, signedAt, until, verdict, acceptedRisk, proof }: SignOff): readonly string[] {
  const how = proof === undefined ? 'a statement without a key' : `proven by the key ${fingerprint(proof.publicKey)}`
  const risk = acceptedRisk === null ? [] : [`accepted risk of a run that is ${verdict}: ${plainLine(acceptedRisk)}`]
  return [`signed as ${plainLine(as)} on ${signedAt} until ${until} (${how})`, ...risk]
}
