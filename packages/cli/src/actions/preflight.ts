// Does what `preflight` was asked for: plan or URL, guard, a few questions, findings.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createClock, localBudget } from '@doorbuster/generator'
import type { Plan } from '@doorbuster/plan'
import { kindOfAddress, launch, parseMoment } from '@doorbuster/plan'
import { outline } from '@doorbuster/schedule'
import { approve } from '../approve.ts'
import { headersFlag } from '../commands/flags.ts'
import type { ConnectionFlags, ConnectionWanted } from '../connection-flags.ts'
import { readConnections } from '../connection-flags.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadPlan } from '../load-plan.ts'
import { Asking } from '../preflight/asking.ts'
import type { Check } from '../preflight/finding.ts'
import { checks } from '../preflight/finding.ts'
import { judgePreflight } from '../preflight/judge.ts'
import { look, lookAtTls } from '../preflight/look.ts'
import type { Preflight } from '../preflight/tell-preflight.ts'
import { has, preflightJson, preflightText } from '../preflight/tell-preflight.ts'
import { portOfOrigin, proxyOfOrigin, transportMaker } from '../transport-of-run.ts'
import { refuseUnwritable } from '../usage.ts'
import { version } from '../version.ts'
import type { World } from '../world.ts'
import { widthOf } from '../world.ts'

export type PreflightFlags = ConnectionFlags & {
  readonly only: readonly Check[]
  readonly until?: string
  readonly writes?: boolean
  readonly header: readonly string[]
  readonly timeout?: number
  readonly json?: string
  readonly allow?: string
}

/** How long after the sale a certificate should still hold, unless somebody says until when it has to. */
const afterSaleMs = 14 * 86_400_000
const noCaps = { maxRatePerSec: null, maxSockets: null, maxLastingMs: null }

export async function preflight(world: World, source: string, flags: PreflightFlags): Promise<ExitCode> {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(source)
  const plan = isUrl ? planOfUrl(source) : await loadPlan(source, world.cwd)
  const nowMs = world.now().getTime()
  const untilMs = flags.until === undefined ? nowMs + lastingMsOf(plan) + afterSaleMs : parseMoment(flags.until, nowMs, '--until')
  const ways = await readConnections(world, flags)
  const seen = await lookOver(world, { plan, isPlan: !isUrl, ways, flags, nowMs, untilMs })
  tell(world, { source, target: plan.target, nowMs, untilMs, ...seen }, flags.json)
  return has(seen.findings, 'must') ? exitCodes['no-go'] : exitCodes.go
}

type Wanted = Pick<Preflight, 'nowMs' | 'untilMs'> & {
  readonly plan: Plan
  readonly isPlan: boolean
  readonly ways: ConnectionWanted
  readonly flags: PreflightFlags
}

async function lookOver(
  world: World,
  { plan, isPlan, ways, flags, nowMs, untilMs }: Wanted,
): Promise<Pick<Preflight, 'findings' | 'asked' | 'checks'>> {
  const only = flags.only.length === 0 ? checks : checks.filter((check) => flags.only.includes(check))
  // A look is judged by what it sends, and not by the peak of the plan.
  const { approved, proxy } = await approve(planOfUrl(plan.target), {
    cwd: world.cwd,
    now: world.now(),
    allowFile: flags.allow,
    flagCaps: noCaps,
    ways,
  })
  if (flags.json !== undefined && flags.json !== '-') refuseUnwritable('--json', resolve(world.cwd, flags.json))
  const { detours, localAddresses, tls } = ways
  const timeoutMs = flags.timeout ?? plan.limits.timeoutMs
  const clock = createClock()
  const way = { now: clock.now, approved, tls, localAddresses, portOf: portOfOrigin(detours), ...proxyOfOrigin(proxy) }
  const seen = await lookAtTls(plan.target, only, { ...way, timeoutMs })
  // What is wrong with a certificate is told; the other checks go on without it, and without what is meant for the shop alone.
  const isSure = seen.greeting?.kind !== 'greeted' || seen.greeting.problem === null
  const create = await transportMaker({ http: 1, tls: isSure ? tls : { ...tls, checkCertificates: false }, localAddresses, detours, proxy })
  const transport = create(clock, approved, localBudget(4))
  const headers = { 'user-agent': `doorbuster/${version}`, ...(isSure ? { ...plan.headers, ...headersFlag(flags.header) } : {}) }
  const asking = new Asking({
    transport,
    approved,
    origin: new URL(plan.target).origin,
    headers,
    timeoutMs,
    connectTimeoutMs: plan.limits.connectTimeoutMs,
  })
  const isLoopback = (approved(new URL(plan.target).origin) ?? []).every((address) => kindOfAddress(address) === 'loopback')
  try {
    const evidence = await look({ ...seen, plan, isPlan, only, withWrites: flags.writes === true, asking, isLoopback, nowMs, untilMs })
    return { findings: judgePreflight(evidence, only), asked: asking.asked, checks: only }
  } finally {
    await transport.close()
  }
}

function tell(world: World, preflight: Preflight, json: string | undefined): void {
  const sink = json === '-' ? world.stderr : world.stdout
  sink.write(`${preflightText(preflight, widthOf(sink))}\n`)
  if (json === '-') world.stdout.write(preflightJson(preflight))
  else if (json !== undefined) writeFileSync(resolve(world.cwd, json), preflightJson(preflight))
}

function planOfUrl(target: string): Plan {
  return launch({ name: URL.canParse(target) ? new URL(target).host : 'preflight', target, traffic: 'hold 1/s for 1s' })
}

function lastingMsOf({ model }: Plan): number {
  return model.kind === 'open' ? outline(model.traffic).lastingMs : model.lastingMs
}
