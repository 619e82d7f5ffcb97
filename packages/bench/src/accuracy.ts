// (f): do the percentiles stand? Three servers whose answers are known, and what each tool says of them.
//
// Truth for the two that delay: the percentiles of what the server itself measured, from the request's arrival to its answer, over
// the very requests of that run. Truth for the one that freezes: what shoppers who come at an even rate would have felt, by the
// equation in truth.ts, with the server's own median for the time outside of freezes.
//
// The server's time leaves out the way there and back over loopback, and how long a process that slept takes to wake: 0.2 to 0.6 ms here,
// and more at p99. Against 20 ms that alone was an error of 1 to 8 percent, the same for every tool; against 100 ms, which is what a page
// of a shop takes, it hardly counts, and what is left is what the tool adds. That is why no answer takes less.
import { startClient } from './client.ts'
import type { Figure, Measured } from './figures.ts'
import type { HeldLog, Holding } from './held-answers.ts'
import { oneIn } from './held-answers.ts'
import { startHeldTarget } from './held-target.ts'
import { claimOf, holdAgainst } from './load-round.ts'
import { clientCpu, serverCpu, watchStolen } from './machine.ts'
import type { Errand, Percentiles, Tool } from './tool.ts'
import { ab } from './tools/ab.ts'
import { artillery } from './tools/artillery.ts'
import { autocannon } from './tools/autocannon.ts'
import { doorbuster } from './tools/doorbuster.ts'
import { hey } from './tools/hey.ts'
import { k6 } from './tools/k6.ts'
import { oha } from './tools/oha.ts'
import { vegeta } from './tools/vegeta.ts'
import { wrk } from './tools/wrk.ts'
import { errorsOf, openModel, percentilesOf } from './truth.ts'
import type { Entry, Workload } from './workload.ts'

const ratePerSec = 200
const loopers = 10
const graceMs = 30_000
const goalRatio = 0.02

type Case = { readonly holding: Holding; readonly seconds: number; readonly truthOf: (log: HeldLog) => Percentiles }
type Freezing = Extract<Holding, { kind: 'freezes' }>

const fromLog = ({ serviceMs }: HeldLog) => percentilesOf(serviceMs)

const steadyCase: Case = { holding: { kind: 'delays', delaysMs: [100] }, seconds: 8, truthOf: fromLog }
const mixedCase: Case = { holding: { kind: 'delays', delaysMs: oneIn(20, 100, 400) }, seconds: 8, truthOf: fromLog }

/** One whole cycle, with its freeze in the middle, so that it is not cut off by the run's end. */
const freezes: Freezing = { kind: 'freezes', everyMs: 5_000, afterMs: 2_000, frozenMs: 1_000, serviceMs: 100 }
const frozenCase: Case = {
  holding: freezes,
  seconds: freezes.everyMs / 1e3,
  truthOf: ({ serviceMs }) => openModel(freezes, percentilesOf(serviceMs).p50Ms),
}

function judged(
  name: string,
  tool: Tool,
  errandFor: ((url: string) => Errand) | undefined,
  { holding, seconds, truthOf }: Case,
): readonly Entry[] {
  if (errandFor === undefined) return []
  const measure = async (program: readonly string[], setting: Parameters<Entry['measure']>[1]): Promise<Measured> => {
    await using target = await startHeldTarget(holding, { cwd: setting.folder, isPinned: setting.isPinned })
    const stolen = watchStolen(setting.isPinned ? [serverCpu, clientCpu] : null)
    await using client = await startClient(program, errandFor(target.url), setting, seconds * 1e3 + graceMs)
    const claim = await claimOf(tool, client)
    const log = await target.log()
    holdAgainst(claim, log.serviceMs.length)
    return { stolenRatio: stolen(), figures: errorsOf(claim, truthOf(log)) }
  }
  return [{ name, tool, measure }]
}

function entriesFor(one: Case): readonly Entry[] {
  const { seconds } = one
  const open = [doorbuster, k6, vegeta, oha, artillery].flatMap((tool) => {
    const { open: send } = tool.does
    return judged(`${tool.name}, open`, tool, send && ((url) => send({ url, seconds, ratePerSec })), one)
  })
  const closed = [wrk, ab, hey, autocannon].flatMap((tool) => {
    const { closed: loop } = tool.does
    return judged(`${tool.name}, closed`, tool, loop && ((url) => loop({ url, seconds, connections: loopers })), one)
  })
  return [...open, ...closed]
}

function accuracy(name: string, says: string, one: Case): Workload {
  const errors: readonly Figure[] = ['p50ErrorRatio', 'p90ErrorRatio', 'p99ErrorRatio']
  return {
    letter: 'f',
    name: `accuracy: ${name}`,
    says: `${says}; open at ${ratePerSec}/s, or ${loopers} connections in a closed loop`,
    columns: [...errors, 'saidP50Ms', 'saidP90Ms', 'saidP99Ms', 'trueP50Ms', 'trueP90Ms', 'trueP99Ms'],
    rounds: 'seldom',
    entries: entriesFor(one),
    goals: errors.map((figure) => ({ row: 'doorbuster, open', figure, over: null, atMost: goalRatio })),
  }
}

export const accuracies: readonly Workload[] = [
  accuracy('always 100 ms', 'each answer takes 100 ms', steadyCase),
  accuracy('100 or 400 ms', '19 answers take 100 ms, and every twentieth 400', mixedCase),
  accuracy('a server that freezes', 'each answer takes 100 ms, and for one second in five none leaves', frozenCase),
]
