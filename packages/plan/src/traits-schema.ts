// The traits of a class as they are written, and what is made of them together with the profile that it is like. Sends nothing.
import { z } from 'zod'
import { drawnTime, duration } from './duration-schema.ts'
import type { UrlStep } from './plan.ts'
import { PlanError, problem } from './problems.ts'
import { strict, through } from './schema-problems.ts'
import { shopperDefaults } from './shopper-defaults.ts'
import type { Device, Traits, Watchers } from './traits.ts'

const shareWords = 'a share from 0 to 1'
const share = z.number({ error: shareWords }).min(0, { error: shareWords }).max(1, { error: shareWords })
const bytesWords = 'bytes per second above zero'
const factorWords = 'a number from 0 on'
const pathWords = 'a path that begins with one "/", without spaces or "#"'
const stepWords = 'the name of a step, or a path'

const deviceSchema = strict(
  {
    share: share.describe("Share of the class's shoppers; all devices add up to 1."),
    rtt: drawnTime('Added round trip, drawn once a shopper.').optional(),
    downBytesPerSec: z
      .number({ error: bytesWords })
      .positive({ error: bytesWords })
      .optional()
      .describe('How fast answers are read; by default as fast as they come.'),
  },
  "a device such as { share: 0.7, rtt: 'lognormal median 80ms sigma 0.5' }",
)

const devicesWords = "devices by name such as { mobile: { share: 0.7, rtt: '80ms' }, fixed: { share: 0.3 } }, 'default' or 'none'"
const devicesSchema = z
  .union([z.enum(['default', 'none']), z.record(z.string(), deviceSchema)], { error: devicesWords })
  .transform(through(readDevices))
  .describe('The devices of the class and the lines they come by; `default`: 70 % phones and 30 % at home.')

export const watchersSchema = strict(
  {
    share: share.default(shopperDefaults.watchers.share).describe('Share of the shoppers of the countdown.'),
    refreshEvery: drawnTime('From an answer to the next refresh; 5s by default.').prefault(shopperDefaults.watchers.refreshEvery),
    jitter: duration('How long after the doors open the last of them goes in; 1s by default.', { aboveZero: false }).prefault(
      shopperDefaults.watchers.jitter,
    ),
    step: z
      .string({ error: stepWords })
      .min(1, { error: stepWords })
      .optional()
      .describe('What is refreshed: a step of the class, or a path; `landing` by default.'),
    page: z
      .string({ error: pathWords })
      .regex(/^\/(?!\/)[^\s#]*$/, { error: pathWords })
      .optional()
      .describe('Path of that page where the class does not say it; / by default.'),
  },
  "watchers such as { share: 0.3, refreshEvery: '5s', jitter: '1s' }",
)

/** The keys that every class of shoppers may have. */
export const traitsShape = {
  like: z
    .enum(['human', 'app', 'bot'], { error: '"human", "app" or "bot"' })
    .optional()
    .describe('A bundle of defaults; keys of the class itself override them.'),
  devices: devicesSchema.optional(),
  watchers: watchersSchema.optional().describe('Who of them comes before the doors open.'),
  hostile: z
    .boolean({ error: 'true or false' })
    .optional()
    .describe('Whether it stands for people who mean harm. Only for hosts whose entry in doorbuster.allow.json says "hostile": true.'),
  thinkFactor: z
    .number({ error: factorWords })
    .nonnegative({ error: factorWords })
    .optional()
    .describe('Multiplies every time to think; 1 by default.'),
  timeout: duration("Longest time for a whole request; never longer than the plan's.", { aboveZero: true }).optional(),
}

const traitsSchema = z.object(traitsShape)
export type GivenTraits = z.output<typeof traitsSchema>
type GivenWatchers = z.output<typeof watchersSchema>

type GivenDevices = 'default' | 'none' | Readonly<Record<string, z.output<typeof deviceSchema>>>

/** Shares that are written with decimals rarely add up to 1 to the last bit. */
const tolerance = 1e-6

function readDevices(given: GivenDevices): readonly Device[] {
  if (given === 'none') return []
  if (given === 'default') return usualDevices()
  const devices = Object.entries(given).map(([name, { share: shareRatio, rtt, downBytesPerSec }]) => ({
    name,
    shareRatio,
    rtt: rtt ?? { kind: 'fixed' as const, lastingMs: 0 },
    downBytesPerSec: downBytesPerSec ?? null,
  }))
  const sum = devices.reduce((total, { shareRatio }) => total + shareRatio, 0)
  if (Math.abs(sum - 1) <= tolerance) return devices
  throw new PlanError('PLAN_INVALID', [problem('', 'devices whose shares add up to 1', sum)])
}

function usualDevices(): readonly Device[] {
  return readDevices(z.record(z.string(), deviceSchema).parse(shopperDefaults.devices))
}

/** What the class says itself, over what it is like, over what the plan says for all. `requests`: those it is known to send. */
export function readTraits(given: GivenTraits, ofPlan: GivenWatchers | undefined, requests: readonly UrlStep[]): Traits {
  const { like, hostile } = given
  const profile = traitsSchema.partial().parse(like === undefined ? {} : shopperDefaults.like[like])
  const devices = given.devices ?? profile.devices ?? []
  const watchers = given.watchers ?? ofPlan
  const thinkFactor = given.thinkFactor ?? profile.thinkFactor ?? 1
  const timeoutMs = given.timeout ?? profile.timeout
  return {
    ...(like !== undefined && { like }),
    ...(devices.length > 0 && { devices }),
    ...(watchers !== undefined && watchers.share > 0 && { watchers: readWatchers(watchers, requests) }),
    ...(hostile === true && { hostile }),
    ...(thinkFactor !== 1 && { thinkFactor }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  }
}

function readWatchers(
  { share: shareRatio, refreshEvery, jitter, step = 'landing', page }: GivenWatchers,
  requests: readonly UrlStep[],
): Watchers {
  const isPath = step.startsWith('/')
  const known = requests.find((request) => request.step === step && request.method === 'GET')?.path
  return {
    shareRatio,
    refreshEvery,
    jitterMs: jitter,
    step: `${isPath ? `GET ${step.replace(/[?].*$/, '')}` : step} (refresh)`,
    page: isPath ? step : (page ?? known ?? '/'),
  }
}
