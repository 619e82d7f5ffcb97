// One round of one client against nginx, read from outside while it is under way:
//
//   start ──▶ first answers ── warm-up ──▶ a ────── window ──────▶ b ──▶ end, its own count held against the target's
//
//   CPU per request = (CPU of its process tree at b − at a) / (requests the target served between a and b)
//
// So start-up, the compiler's first half second and the writing of reports do not count, for any of them alike.
import { setTimeout as sleep } from 'node:timers/promises'
import { complaint, startClient } from './client.ts'
import type { Measured } from './figures.ts'
import { clientCpu, serverCpu, watchStolen } from './machine.ts'
import { treeCpuMs, treePeakBytes } from './process-tree.ts'
import type { Running } from './program.ts'
import type { Target } from './target.ts'
import type { Claim, Errand, Tool } from './tool.ts'
import type { Setting } from './workload.ts'

/** Before the window, unless a row needs longer. */
const usualWarmUpMs = 500
/** Clients go on this much longer than the window. */
const marginMs = 500
/** Answers after which a client counts as under way. */
const firstAnswers = 10
const lookEveryMs = 50
/** Start, end and a slow machine: a client that takes longer than this beyond its duration hangs. */
const graceMs = 60_000
/** Requests that may be on their way at the end, counted by one and not by the other. */
const mostUnderWay = 100

export type LoadRound = {
  readonly tool: Tool
  readonly program: readonly string[]
  readonly errandFor: (seconds: number) => Errand
  /** For what is only to be seen once Node has compiled it, which takes long where little happens. */
  readonly warmUpMs?: number
}

/** @throws Error when the client fails, hangs or claims another number of answers than the target gave */
export async function loadRound({ tool, program, errandFor, warmUpMs = usualWarmUpMs }: LoadRound, setting: Setting): Promise<Measured> {
  const { target, isPinned, windowMs } = setting
  const lastingMs = windowMs + warmUpMs + marginMs
  const servedBefore = await target.served()
  await using client = await startClient(program, errandFor(lastingMs / 1e3), setting, lastingMs + graceMs)
  await underWay(client, target, servedBefore + firstAnswers)
  const sinceMs = performance.now()
  await sleep(warmUpMs)
  const stolen = watchStolen(isPinned ? [serverCpu, clientCpu] : null)
  const a = await reading(client, target)
  await sleep(windowMs)
  const b = await reading(client, target)
  const stolenRatio = stolen()
  if (b.atMs - sinceMs > lastingMs - lookEveryMs) throw new Error('this machine was too busy to read its figures in time')
  const claim = await claimOf(tool, client)
  holdAgainst(claim, (await target.served()) - servedBefore)
  const lateness = claim.latenessP99Ms === null ? {} : { latenessP99Ms: claim.latenessP99Ms }
  return { stolenRatio, figures: { ...between(a, b), ...lateness } }
}

async function underWay(client: Running, target: Target, served: number): Promise<void> {
  while ((await target.served()) < served) {
    if (client.hasEnded()) throw new Error(`it ended without load: ${complaint((await client.ended).stderr)}`)
    await sleep(lookEveryMs)
  }
}

type Reading = { readonly served: number; readonly cpuMs: number; readonly peakBytes: number; readonly atMs: number }

async function reading({ pid, hasEnded, ended }: Running, target: Target): Promise<Reading> {
  const served = await target.served()
  if (hasEnded()) throw new Error(`it ended before its figures were read: ${complaint((await ended).stderr)}`)
  return { served, cpuMs: treeCpuMs(pid), peakBytes: treePeakBytes(pid), atMs: performance.now() }
}

export function between(a: Reading, b: Reading) {
  const count = b.served - a.served
  if (count <= 0) throw new Error('the target served nothing between the two readings')
  const cpuMs = b.cpuMs - a.cpuMs
  const lastingMs = b.atMs - a.atMs
  return { cpuUsEach: (cpuMs * 1e3) / count, perSec: (count * 1e3) / lastingMs, coreRatio: cpuMs / lastingMs, peakMb: b.peakBytes / 1e6 }
}

/** @throws Error with what it complained of, when its output is none */
export async function claimOf(tool: Tool, client: Running): Promise<Claim> {
  const { stdout, stderr } = await client.ended
  try {
    return tool.read(stdout)
  } catch (failure) {
    throw new Error(`${failure instanceof Error ? failure.message : String(failure)}; it complained: ${complaint(stderr)}`)
  }
}

/** A wrong flag, a wrong address or a journey that breaks off is noticed here. @throws Error */
export function holdAgainst({ answers, failed }: Claim, served: number): void {
  if (Math.abs(answers - served) > served * 0.01 + mostUnderWay)
    throw new Error(`it says that ${answers} requests were answered, but the target served ${served}`)
  if (failed > answers * 0.01) throw new Error(`it says that ${failed} of ${answers} requests went wrong`)
}
