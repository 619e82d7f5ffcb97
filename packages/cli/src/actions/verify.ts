// Says whether a run folder or an evidence pack is what it was, and whether somebody stands for it today.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { planHash } from '@doorbuster/plan'
import { withinCaps } from '../approve.ts'
import type { ExitCode } from '../exit-codes.ts'
import { asOne, exitCodes } from '../exit-codes.ts'
import { unpack } from '../packing/unpack.ts'
import { planOfRun } from '../plan-of-run.ts'
import { maskSecrets } from '../secret.ts'
import { publicKeyOf } from '../signing/keys.ts'
import type { FolderWanted } from '../signing/verify-folder.ts'
import { verifyFolder } from '../signing/verify-folder.ts'
import type { Found } from '../signing/verify-signature.ts'
import { holdCommands, tellCi } from '../tell-ci.ts'
import { toldOfVerify } from '../told.ts'
import { readUserText, UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type VerifyFlags = {
  readonly plan?: string
  readonly role: readonly string[]
  readonly trust?: string
  readonly unsigned?: boolean
  readonly failAsOne?: boolean
}

/** @throws UsageError, PlanError */
export async function verify(world: World, given: string, flags: VerifyFlags): Promise<ExitCode> {
  const wanted = await wantedBy(world, flags)
  const path = resolve(world.cwd, given)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true
  const found = isFolder ? await verifyFolder(path, wanted) : await verifyPack(path, wanted)
  tell(world, given, found)
  const exitCode = asOne(found.problems.length === 0 ? exitCodes.go : exitCodes['no-go'], flags.failAsOne)
  tellCi(world, toldOfVerify(given, found, exitCode), world.stdout)
  return exitCode
}

/** Names stand in it that came with the evidence. */
function tell(world: World, given: string, { problems, notes }: Found): void {
  const allowCommands = holdCommands(world, world.stdout)
  for (const note of notes) world.stdout.write(`  ${note}\n`)
  world.stdout.write(
    problems.length === 0 ? `${given}: verified\n` : `${given}: NOT verified\n${problems.map((problem) => `  - ${problem}\n`).join('')}`,
  )
  allowCommands()
}

async function wantedBy(world: World, { plan, role, trust, unsigned }: VerifyFlags): Promise<FolderWanted> {
  if (unsigned === true && (role.length > 0 || trust !== undefined))
    throw new UsageError(
      '--unsigned',
      'no --role and no --trust beside it, which ask for a sign-off',
      role.length > 0 ? '--role' : '--trust',
    )
  const trusted = trust === undefined ? null : publicKeyOf(readUserText(resolve(world.cwd, trust), 'a readable public key'))
  return {
    signature: unsigned === true ? null : { now: world.now(), roles: role, trusted },
    planHashes: plan === undefined ? [] : await hashesOf(plan, world.cwd),
  }
}

/** A run with a cap on its length waits less at its end, and is of the same plan. */
async function hashesOf(source: string, cwd: string): Promise<readonly string[]> {
  const plan = await planOfRun(source, { slo: [], header: [] }, cwd)
  const capped = withinCaps(plan, { maxLastingMs: 0, maxRatePerSec: null, maxSockets: null })
  return [plan, capped].map((each) => planHash(each, maskSecrets))
}

async function verifyPack(path: string, wanted: FolderWanted): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'doorbuster-verify-'))
  try {
    await unpack(path, folder)
    return await verifyFolder(folder, { ...wanted, isPack: true })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
