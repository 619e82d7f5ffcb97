// Whether a run folder still is what it was: hashes, sign-off, plan, and a report that comes out of the raw files byte for byte. Writes nothing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSignature } from '@doorbuster/measurements'
import { canonicalJson } from '@doorbuster/plan'
import type { Report } from '@doorbuster/report'
import { wrongSums } from '../packing/sums.ts'
import { judgeFolder, renderings } from '../render-folder.ts'
import { version } from '../version.ts'
import { evidenceOf, sha256Of } from './evidence.ts'
import type { Found, SignatureWanted } from './verify-signature.ts'
import { lastThatHolds, verifySignature } from './verify-signature.ts'

export type FolderWanted = {
  /** Null: no sign-off is asked for. */
  readonly signature: SignatureWanted | null
  /** Hashes of the plan that the run must be of; empty: of any. */
  readonly planHashes: readonly string[]
  /** It came out of a pack, which has the hash of every file in it; left out: it is a run's own folder. */
  readonly isPack?: boolean
}

/** @throws UsageError when the folder holds no run. */
export async function verifyFolder(folder: string, { signature, planHashes, isPack = false }: FolderWanted): Promise<Found> {
  const report = judgeFolder(folder)
  const { start, summary } = report
  const evidence = evidenceOf(folder)
  const found = readSignature(folder)
  const signed = signature === null ? { problems: [], notes: [] } : verifySignature(found, { evidence, start, summary }, signature)
  // Of one that anybody could have added its word for who wrote the report is worth nothing.
  const last = lastThatHolds(found, { evidence, start, summary }, signature)
  const rendered = await compareRenderings(folder, report, last?.by ?? start.versions.doorbuster)
  return {
    problems: [
      ...wrongSums(folder, { isPack }),
      ...planProblems(report, planHashes),
      ...(report.leftOut ?? []),
      ...signed.problems,
      ...rendered.problems,
    ],
    notes: [...signed.notes, ...rendered.notes],
  }
}

function planProblems({ start }: Report, wanted: readonly string[]): readonly string[] {
  return [
    ...(sha256Of(canonicalJson(start.plan)) === start.planHash ? [] : ['plan.json: its plan is not the one that its hash was taken of']),
    ...(wanted.length === 0 || wanted.includes(start.planHash)
      ? []
      : ['the run is of another plan than the one given (another version of it, or flags of `run` that said something anew)']),
  ]
}

/** What an earlier or later version wrote may differ from what this one writes, and nobody can say more here. */
async function compareRenderings(folder: string, report: Report, writtenBy: string): Promise<Found> {
  const differing = (await renderings(report)).filter(([name, text]) => text !== textOf(join(folder, name))).map(([name]) => name)
  const missing = differing.filter((name) => textOf(join(folder, name)) === null)
  const others = differing.filter((name) => !missing.includes(name))
  const isOurs = writtenBy === version
  const elsewhere = `written by doorbuster ${writtenBy}, and this is ${version}: only that one can tell whether it is what the run's files give`
  return {
    problems: [
      ...missing.map((name) => `${name} is missing`),
      ...(isOurs ? others.map((name) => `${name} is not what the run's files give`) : []),
    ],
    notes: isOurs
      ? differing.length === 0
        ? ['the report is what the files of the run give, byte for byte']
        : []
      : others.map((name) => `${name} was ${elsewhere}`),
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
