// Was a rate sent cleanly? Asked of the instrument itself, with the words that any run is doubted by, and of the null target, so that its
// speed is not mistaken for ours.
import type { TrustCheck } from '@doorbuster/verdict'
import type { World } from '../world.ts'
import type { Answered } from './find-maximum.ts'
import type { Level } from './level-plan.ts'
import { levelPlan } from './level-plan.ts'
import type { NullTarget } from './null-target-process.ts'
import type { Counted } from './send-counted.ts'
import { sendCounted } from './send-counted.ts'

export type LevelSeen = {
  readonly answered: Answered
  /** One plain sentence. */
  readonly because: string
  /** p99 of lateness; null when nothing was sent. */
  readonly latenessP99Ms: number | null
}

/** A target that is busy for more of the time has no idle moment left, and what it does not take cannot be sent on shared connections. */
const fullRatio = 0.95

export async function askLevel(world: World, target: NullTarget, level: Level, threads: number, stop: AbortController): Promise<LevelSeen> {
  await target.busyRatio()
  const counted = await sendCounted(world, levelPlan(level), threads === 1 ? null : { count: threads, own: level }, stop)
  return judgeLevel(counted, await target.busyRatio())
}

/** `busyRatio` is the null target's. When both were at their end the target is named: then the generator can do at least as much. */
export function judgeLevel({ facts, trust }: Counted, busyRatio: number): LevelSeen {
  const latenessP99Ms = facts.generator.latenessMs.p99
  const failed = trust.find(({ status }) => status === 'failed')
  if (busyRatio > fullRatio)
    return { answered: 'target', because: `The null target was busy for ${Math.round(busyRatio * 100)} % of the time.`, latenessP99Ms }
  if (failed !== undefined) return { answered: 'generator', because: seenBy(failed), latenessP99Ms }
  const { ok, due } = facts.totals
  if (ok < due || due === 0) return { answered: 'target', because: `The null target answered ${ok} of ${due} requests.`, latenessP99Ms }
  return { answered: 'clean', because: 'Everything was sent on time and answered.', latenessP99Ms }
}

/** What was seen, without the cure: whoever calibrates wants to know where the limit is. */
function seenBy({ because }: TrustCheck): string {
  return because.split(' To cure it, ', 1)[0] ?? because
}
