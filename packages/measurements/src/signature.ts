// signature.json: who stands for a run until when, and which files and inputs that was said of. Knows no keys and judges nothing.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Mistake } from './form.ts'
import { listOf, moment, named, objectWith, oneOf, optional, orNull, text, whole } from './form.ts'

/** What a run was made from. Another plan, seed, target or version is another run. */
export type SignedInputs = {
  readonly planHash: string
  readonly seed: number
  readonly arrivalsHash: string | null
  readonly target: string
  readonly shape: string | null
  readonly doorbuster: string
}

export type SignOff = {
  /** A role or a name, as its bearer gave it. */
  readonly as: string
  readonly signedAt: string
  /** The last moment at which it holds. */
  readonly until: string
  /** Of the summary that was signed. */
  readonly verdict: string
  /** In the signer's own words; null where there was none to accept. */
  readonly acceptedRisk: string | null
  /** What the summary held against the launch when it was signed. */
  readonly known: readonly string[]
  readonly inputs: SignedInputs
  /** sha256 of each file in hex, by its name. */
  readonly evidence: Readonly<Record<string, string>>
  /** sha256 of the sign-off before it as canonical JSON; null for the first. */
  readonly follows: string | null
  /** The version that signed, and wrote the report anew for it. */
  readonly by: string
  /** Over everything else here; absent: a statement that nobody can prove to be its signer's. */
  readonly proof?: { readonly publicKey: string; readonly ed25519: string }
}

export type Signature = { readonly schema: 'doorbuster/signature@1'; readonly signOffs: readonly SignOff[] }

export const signatureFile = 'signature.json'

/** What a report is made from, and the summary; of a run that has no part of it the file is missing. Renderings are made of these, and have no hash: they are made again and compared. */
export const evidenceFiles = [
  'plan.json',
  'timeline.jsonl',
  'latency.hlog',
  'events.jsonl',
  'orders.jsonl',
  'shop.jsonl',
  'target.jsonl',
  'capacity.json',
  'comparison.json',
  'summary.json',
] as const

const mostBytes = 1024 * 1024

const signOffForm = objectWith<SignOff>({
  as: text,
  signedAt: moment,
  until: moment,
  verdict: text,
  acceptedRisk: orNull(text),
  known: listOf(text),
  inputs: objectWith<SignedInputs>({
    planHash: text,
    seed: whole,
    arrivalsHash: orNull(text),
    target: text,
    shape: orNull(text),
    doorbuster: text,
  }),
  evidence: named(text),
  follows: orNull(text),
  by: text,
  proof: optional(objectWith<NonNullable<SignOff['proof']>>({ publicKey: text, ed25519: text })),
})

const signatureForm = objectWith<Signature>({
  schema: oneOf({ 'doorbuster/signature@1': true } satisfies Record<Signature['schema'], true>),
  signOffs: listOf(signOffForm),
})

/** Null when there is none; a mistake when what is there is no signature. */
export function readSignature(folder: string): Signature | Mistake | null {
  const path = join(folder, signatureFile)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (!found.isFile() || found.size > mostBytes) return { path: '', expected: 'a file of at most 1 MiB', received: `${found.size} bytes` }
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return signatureForm(value) ?? (value as Signature)
  } catch {
    return { path: '', expected: 'JSON', received: `${found.size} bytes that are none` }
  }
}
