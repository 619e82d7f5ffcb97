// Four lights, one a track: capacity, resilience, trust, response. Each says of its own objectives what the verdict says of all.
// A track without evidence is `not-rehearsed`, never green. Knows nothing of windows, nor of how a light looks.
import type { Track } from './concern.ts'
import { trackOf } from './concern.ts'
import type { Findings } from './decide.ts'
import type { Light, Lights, ObjectiveResult } from './judgement.ts'

type Evidence = Pick<Findings, 'objectives' | 'certain' | 'trust' | 'end'>

export function lightsOf(evidence: Evidence): Lights {
  return { capacity: capacity(evidence), resilience: resilience(evidence), trust: trust(evidence), response: response() }
}

function capacity(evidence: Evidence): Light {
  return lightOf(evidence, 'capacity') ?? grey('no objective asks how many shoppers it takes or how fast they are answered')
}

function trust(evidence: Evidence): Light {
  return lightOf(evidence, 'trust') ?? grey('no objective asks whether orders stay right and data stays private')
}

/** What a run can find against it counts; for it only lost parts would, and a run takes none away. */
function resilience(evidence: Evidence): Light {
  const light = lightOf(evidence, 'resilience')
  if (light?.status === 'no-go') return light
  return grey('no part of the shop was slowed down or taken away')
}

function response(): Light {
  return grey('nobody was paged and no word was sent to customers')
}

/** Null where no objective belongs to the track. */
function lightOf({ objectives, certain, trust, end }: Evidence, track: Track): Light | null {
  const own = objectives.filter((each) => trackOf(each) === track && !each.warnOnly)
  if (own.length === 0) return null
  const known = own.filter((each) => certain.includes(each))
  if (known.length > 0) return { status: 'no-go', because: ofThem(known, own, 'missed') }
  if (trust.some(({ status }) => status === 'failed'))
    return { status: 'invalid', because: 'the generator failed its own checks, so nothing can be said' }
  const missed = own.filter(({ status }) => status === 'missed')
  if (end.stoppedBy === 'interrupt') return { status: 'inconclusive', because: 'the run was interrupted' }
  if (missed.length > 0) return { status: 'no-go', because: ofThem(missed, own, 'missed') }
  const unknown = own.filter(({ status }) => status === 'no-data')
  if (unknown.length > 0) return { status: 'inconclusive', because: ofThem(unknown, own, 'left without data') }
  if (!end.finished) return { status: 'inconclusive', because: 'the run did not come to its end' }
  return { status: 'go', because: ofThem(own, own, 'met') }
}

function ofThem(some: readonly ObjectiveResult[], all: readonly ObjectiveResult[], what: string): string {
  if (all.length === 1) return `its only objective was ${what}`
  if (some.length === all.length) return `all ${all.length} of its objectives were ${what}`
  return `${some.length} of its ${all.length} objectives ${some.length === 1 ? 'was' : 'were'} ${what}`
}

function grey(because: string): Light {
  return { status: 'not-rehearsed', because }
}
