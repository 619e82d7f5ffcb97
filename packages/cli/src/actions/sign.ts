// Adds a sign-off to a run folder and writes its report anew, with the name on it.
import { resolve } from 'node:path'
import type { Signature } from '@doorbuster/measurements'
import { readSignature, signatureFile, writeWhole } from '@doorbuster/measurements'
import { plainLine } from '@doorbuster/report'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { judgeFolder, reportPath, writeRenderings } from '../render-folder.ts'
import { evidenceOf, summaryText } from '../signing/evidence.ts'
import { fingerprint, withProof } from '../signing/keys.ts'
import type { Signing } from '../signing/sign-off.ts'
import { newSignOff } from '../signing/sign-off.ts'
import { readUserText, UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type SignFlags = Signing & { readonly key?: string }

/** @throws UsageError, also for a run that may not be signed as it stands. */
export async function sign(world: World, given: string, { key, ...signing }: SignFlags): Promise<ExitCode> {
  const folder = resolve(world.cwd, given)
  const judged = judgeFolder(folder)
  const [leftOut] = judged.leftOut ?? []
  if (leftOut !== undefined) throw new UsageError(given, 'a run folder without damaged files', leftOut)
  const privatePem = key === undefined ? null : readUserText(resolve(world.cwd, key), 'a readable private key')
  const before = standing(folder)
  const stated = await writable(given, () => {
    // The summary is signed as this version judges it: what lies there may be of an earlier one, or missing after a crash.
    writeWhole(folder, 'summary.json', summaryText(judged.summary))
    return newSignOff(signing, judged, evidenceOf(folder), before, world.now())
  })
  const signOff = privatePem === null ? stated : withProof(stated, privatePem)
  const signature: Signature = { schema: 'doorbuster/signature@1', signOffs: [...(before?.signOffs ?? []), signOff] }
  await writable(given, () => {
    writeWhole(folder, signatureFile, `${JSON.stringify(signature, null, 2)}\n`)
    return writeRenderings(folder, judgeFolder(folder))
  })
  world.stdout.write(`Signed as ${signOff.as} until ${signOff.until}: ${signOff.verdict}, ${plainLine(judged.summary.name)}.\n`)
  if (signOff.acceptedRisk !== null) world.stdout.write(`Accepted risk: ${signOff.acceptedRisk}\n`)
  for (const reason of signOff.known) world.stdout.write(`  known: ${plainLine(reason)}\n`)
  world.stdout.write(`${proofWords(signOff.proof?.publicKey)}\nReport: ${reportPath(folder)}\n`)
  return exitCodes.go
}

function proofWords(publicKey: string | undefined): string {
  if (publicKey !== undefined) return `Proven by the Ed25519 key ${fingerprint(publicKey)}.`
  return 'A statement, bound to the files by their hashes. Whoever can write the folder could have made it: --key proves who did.'
}

function standing(folder: string): Signature | null {
  const found = readSignature(folder)
  if (found === null || 'schema' in found) return found
  throw new UsageError(`${signatureFile}${found.path === '' ? '' : `, ${found.path}`}`, found.expected, found.received)
}

async function writable<Result>(given: string, write: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    throw new UsageError(given, 'a run folder that can be written', String(error.code))
  }
}
