// One round of one client against the target, read from outside while it is under way:
//
//   start ──▶ first answers ── warm-up ──▶ a ────── window ──────▶ b ──▶ end, its own count held against the target's
//
//   CPU per request = (CPU of its process tree at b − at a) / (requests the target served between a and b)
//
// So start-up, the compiler's first half second and the writing of reports do not count, for any of them alike.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Measured } from './figures.ts'
import { clientCpu, pinned, serverCpu, watchStolen } from './machine.ts'
import type { Peer } from './peers.ts'
import { connections } from './peers.ts'
import { treeCpuMs } from './process-cpu.ts'
import type { Running } from './program.ts'
import { start } from './program.ts'
import type { Claim } from './read-output.ts'
import type { Target } from './target.ts'

/** Runs of peers go on this much longer than the window. Half of it is warm-up, half margin before their end. */
const besideWindowMs = 1_000
const warmUpMs = 500
/** Answers after which a client counts as under way. */
const firstAnswers = 100
const lookEveryMs = 50
/** Start, end and a slow machine: a client that takes longer than this beyond its duration hangs. */
const graceMs = 60_000

export type Setting = {
  readonly target: Target
  readonly cwd: string
  /** Whether the client is alone on one CPU, and the target on another. */
  readonly isPinned: boolean
}

/** @throws Error when the client fails, hangs or claims another number of answers than the target gave */
export async function loadRound(peer: Peer, program: readonly string[], windowMs: number, setting: Setting): Promise<Measured> {
  const { target, cwd, isPinned } = setting
  const lastingMs = windowMs + besideWindowMs
  const servedBefore = await target.served()
  const command = [...program, ...peer.argumentsFor({ url: target.url, seconds: lastingMs / 1e3 })]
  await using client = start(pinned(isPinned ? clientCpu : null, command), { cwd, atMostMs: lastingMs + graceMs })
  await underWay(client, target, servedBefore + firstAnswers)
  const sinceMs = performance.now()
  await sleep(warmUpMs)
  const stolen = watchStolen(isPinned ? [serverCpu, clientCpu] : null)
  const a = await reading(client, target)
  await sleep(windowMs)
  const b = await reading(client, target)
  const stolenRatio = stolen()
  if (b.atMs - sinceMs > lastingMs - lookEveryMs) throw new Error('this machine was too busy to read its figures in time')
  const claim = peer.read((await client.ended).stdout)
  holdAgainst(claim, (await target.served()) - servedBefore)
  return {
    count: b.served - a.served,
    lastingMs: b.atMs - a.atMs,
    cpuMs: b.cpuMs - a.cpuMs,
    latenessP99Ms: claim.latenessP99Ms,
    stolenRatio,
  }
}

async function underWay(client: Running, target: Target, served: number): Promise<void> {
  while ((await target.served()) < served) {
    if (client.hasEnded()) throw new Error(`it ended without load: ${complaint((await client.ended).stderr)}`)
    await sleep(lookEveryMs)
  }
}

async function reading({ pid, hasEnded, ended }: Running, target: Target) {
  const served = await target.served()
  if (hasEnded()) throw new Error(`it ended before its figures were read: ${complaint((await ended).stderr)}`)
  return { served, cpuMs: treeCpuMs(pid), atMs: performance.now() }
}

/** Requests on their way at the end may be counted by one and not by the other. */
export function holdAgainst({ answers }: Claim, served: number): void {
  if (Math.abs(answers - served) <= served * 0.01 + 2 * connections) return
  throw new Error(`it says that ${answers} requests were answered, but the target served ${served}`)
}

/** The line that names the error, or the last one. */
function complaint(stderr: string): string {
  const lines = stderr.trim().split('\n')
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1)) || 'it said nothing'
}
