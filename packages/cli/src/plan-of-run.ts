// What `run` was asked for → the plan: a bare URL with its flags, or a plan file with what flags say anew.
import { resolve } from 'node:path'
import type { Level, Plan, Spacing } from '@doorbuster/plan'
import { amend, atLevel, launch, withCurves } from '@doorbuster/plan'
import { headersFlag } from './commands/flags.ts'
import { isPlanFile, loadPlan } from './load-plan.ts'
import { readUserText, UsageError } from './usage.ts'
import { version } from './version.ts'

export type RunFlags = {
  readonly duration?: number
  readonly connections?: number
  readonly rate?: number
  readonly shape?: string
  readonly spacing?: Spacing
  readonly slo: readonly string[]
  readonly header: readonly string[]
  readonly metrics?: readonly string[]
  readonly method?: string
  readonly body?: string
  readonly seed?: number
  readonly timeout?: number
  readonly connectTimeout?: number
  readonly firstByteTimeout?: number
  readonly drain?: number
  readonly http?: Plan['http']
  readonly tlsResume?: boolean
  readonly name?: string
  /** Of a search for capacity: this rate in place of the plan's own traffic. */
  readonly atLevel?: Level
}

/** How long a bare URL is loaded when `-d` does not say: long enough for a p99, short enough to wait for. */
const defaultLastingMs = 10_000

export function isUrlText(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source)
}

/** @throws PlanError, UsageError */
export async function planOfRun(source: string, flags: RunFlags, cwd: string): Promise<Plan> {
  const readText = (name: string): string => readUserText(resolve(cwd, name), 'a readable curve file')
  const whole = withCurves(isUrlText(source) ? planOfUrl(source, flags) : await planOfFile(source, flags, cwd), readText)
  const plan = flags.atLevel === undefined ? whole : atLevel(whole, flags.atLevel)
  // Whoever reads the target's log can tell where the load came from.
  const hasAgent = Object.keys(plan.headers).some((name) => name.toLowerCase() === 'user-agent')
  // Also where there is nothing to add: what a plan's objectives need of its metrics pages is judged here.
  return amend(plan, hasAgent ? {} : { headers: { 'user-agent': `doorbuster/${version}` } })
}

function planOfUrl(target: string, flags: RunFlags): Plan {
  const { duration = defaultLastingMs, connections, rate, shape, spacing, slo, seed, method, body, timeout, drain, name, http } = flags
  const models = [connections !== undefined && '-c', rate !== undefined && '-R', shape !== undefined && '--shape'].filter(
    (flag) => flag !== false,
  )
  if (models.length !== 1) {
    throw new UsageError(
      'run <url>',
      'one of -R <rate> (open model), --shape <text> (open model) or -c <connections> (closed loop)',
      models.join(' and ') || 'none',
    )
  }
  if (shape !== undefined && flags.duration !== undefined)
    throw new UsageError('--duration', 'no duration beside --shape, whose stages say how long they last', `${duration} ms`)
  const model =
    connections !== undefined
      ? { closed: { shoppers: connections, lasting: duration } }
      : { traffic: shape ?? `hold ${rate}/s for ${duration}ms` }
  return launch({
    name: name ?? (URL.canParse(target) ? new URL(target).host : 'run'),
    target,
    ...model,
    spacing,
    ...requestOf(target, method, body),
    objectives: slo,
    seed,
    headers: headersFlag(flags.header),
    timeout,
    connectTimeout: flags.connectTimeout,
    firstByteTimeout: flags.firstByteTimeout,
    drain,
    http,
    tls: { resume: flags.tlsResume === true },
    metrics: flags.metrics,
  })
}

/** Without -X and -b the default visitor GETs the URL as it stands; with them it is one declared request. */
function requestOf(target: string, method: string | undefined, body: string | undefined) {
  if ((method === undefined && body === undefined) || !URL.canParse(target)) return {}
  const verb = (method ?? 'POST').toLowerCase()
  if (!isVerb(verb)) throw new UsageError('--method', `one of ${verbs.join(', ').toUpperCase()}`, JSON.stringify(method))
  const { pathname, search } = new URL(target)
  // A target's path would be put before the step's, so the step holds all of it and the target is the origin alone.
  const step = { step: `${verb.toUpperCase()} ${pathname}`, [verb]: `${pathname}${search}`, ...(body !== undefined && { body }) }
  return { target: new URL(target).origin, steps: [step] }
}

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const

function isVerb(text: string): text is (typeof verbs)[number] {
  return verbs.some((verb) => verb === text)
}

async function planOfFile(file: string, flags: RunFlags, cwd: string): Promise<Plan> {
  // `127.0.0.1:4000` and `shop.test/sale` are URLs to whoever types them.
  if (/^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/|$)/.test(file) && !isPlanFile(file))
    throw new UsageError('run <plan|url>', `a URL with its scheme, such as "http://${file}", or a plan file`, JSON.stringify(file))
  const forUrls = (['rate', 'connections', 'duration', 'method', 'body'] as const).find((flag) => flags[flag] !== undefined)
  if (forUrls !== undefined)
    throw new UsageError(
      `--${forUrls}`,
      'this flag with a URL only: a plan file says its own (--shape replaces its traffic)',
      forUrls === 'body' ? 'a body' : String(flags[forUrls]),
    )
  const { slo, shape, spacing, seed, timeout, connectTimeout, firstByteTimeout, drain, name, http, tlsResume } = flags
  const plan = await loadPlan(file, cwd)
  const limits = {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(connectTimeout !== undefined && { connectTimeoutMs: connectTimeout }),
    ...(firstByteTimeout !== undefined && { firstByteTimeoutMs: firstByteTimeout }),
    ...(drain !== undefined && { drainMs: drain }),
  }
  return amend(plan, {
    objectives: slo,
    shape,
    spacing,
    seed,
    name,
    headers: headersFlag(flags.header),
    limits,
    http,
    tlsResumes: tlsResume,
    metrics: flags.metrics,
  })
}
