// The launch as one frozen value: target, traffic, shoppers, objectives, limits. Knows nothing of files, sockets or clocks.

import type { AnswerRule } from './answer-rule.ts'
import type { AnsweredByRule } from './answered-by.ts'
import type { Behaviour } from './behaviour.ts'
import type { Budget } from './budget.ts'
import type { DataSet } from './data.ts'
import type { Extract } from './extract.ts'
import type { Objective } from './objective.ts'
import type { Orders } from './orders.ts'
import type { Origin } from './origin.ts'
import type { Privacy } from './privacy.ts'
import type { Journey, Setup, Teardown } from './session.ts'
import type { Stage } from './stages.ts'
import type { Stubs } from './stubs.ts'
import type { MetricsPage } from './target-metrics.ts'
import type { Traits } from './traits.ts'
import type { WaitingRoom } from './waiting-room.ts'

/** Gap between arrivals: `even`, or `poisson` (random with the plan's seed, same expected number). */
export type Spacing = 'even' | 'poisson'

/** Open: arrivals come when the traffic owes them, whatever the target does. Closed: so many shoppers, each starting again when done. */
export type Model =
  | { readonly kind: 'open'; readonly traffic: readonly Stage[]; readonly spacing: Spacing }
  | { readonly kind: 'closed'; readonly shoppers: number; readonly lastingMs: number }

/** One request of a declared journey (bare URLs, JSON and YAML plans). `think` follows the request. */
export type UrlStep = {
  readonly step: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Path of the file whose bytes are the body, in place of `body`. */
  readonly file?: string
  readonly expect?: readonly number[]
  readonly think?: string
  /** How a value that is put in place of `${…}` is written in the body; none: as it is. */
  readonly bodyAs?: 'json' | 'form'
  /** How many redirects are followed at most; none: the plan's. */
  readonly redirects?: number
  /** What is kept of the answer, by the name of the variable. */
  readonly extract?: Readonly<Record<string, Extract>>
  /** The request asks for this order, and what comes of it is told to the ledger. */
  readonly order?: { readonly sku: string; readonly qty: number }
}

/** A class of shoppers. `weight` is its share of arrivals relative to the other classes' weights. */
export type Shopper = {
  readonly name: string
  readonly weight: number
  /** Steps known before the run: declared, or read off the journey's own text. */
  readonly steps: readonly string[]
} & Traits &
  Behaviour &
  ({ readonly kind: 'journey'; readonly journey: Journey } | { readonly kind: 'steps'; readonly requests: readonly UrlStep[] })

export type Limits = {
  /** Whole request, from sending to its last byte. */
  readonly timeoutMs: number
  readonly connectTimeoutMs: number
  /** From sending to the first byte of the answer; none: only the whole counts. */
  readonly firstByteTimeoutMs?: number
  /** How long shoppers under way may go on after the last arrival. */
  readonly drainMs: number
}

export type Plan = {
  readonly name: string
  /** Absolute http(s) URL. A path in it is put before every step's path. */
  readonly target: string
  readonly model: Model
  readonly shoppers: readonly Shopper[]
  readonly objectives: readonly Objective[]
  /** Unsigned 32-bit; decides Poisson gaps, shopper classes, think times. */
  readonly seed: number
  /** Who answers for this load; sent with every request so that whoever reads the target's log can ask. Null: the allow list's contact. */
  readonly contact: string | null
  /** What is asked in place of somebody else's host: URL by host and, where it is not the scheme's own, port. */
  readonly stubs: Stubs
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
  /** `shared`: any idle socket is used again (default for a bare URL). `per-shopper`: a new shopper is a new connection (default for journeys). */
  readonly connections: 'shared' | 'per-shopper'
  /** Version of HTTP. 2 is spoken over TLS only, and a server that does not speak it fails: there is no way back to 1. */
  readonly http: 1 | 2
  /** `resumes`: a new connection takes up the TLS session of an earlier one; else every handshake is a whole one. */
  readonly tls: { readonly resumes: boolean }
  /** Response header by which the shop declares an answer degraded. */
  readonly degradedHeader: string
  /** When the doors open, ms from the run's start. None: at the start of the phase `doors`, if there is one. */
  readonly opensAtMs?: number
  /** How the plan itself tells who answered. None: it says nothing. */
  readonly answeredBy?: readonly AnsweredByRule[]
  /** Any of these says so too. */
  readonly degradedWhen?: readonly AnswerRule[]
  readonly waitingRoom?: WaitingRoom
  readonly limits: Limits
  /** Whether each shopper of more than one request keeps cookies. */
  readonly cookies: boolean
  /** How many redirects a request follows at most. */
  readonly redirects: number
  /** Rows by the name of their set; none: no set. */
  readonly data?: Readonly<Record<string, DataSet>>
  readonly setup?: Setup
  readonly teardown?: Teardown
  /** Of the event; undefined: `usualBudget`. */
  readonly budget?: Budget
  /** What there is to sell; undefined: orders are not judged unless an objective names them. */
  readonly orders?: Orders
  /** Where fetches of the origin are counted; undefined: nobody asks. */
  readonly origin?: Origin
  /** Pages that tell of the target's machines and programs, read each second; undefined: none. */
  readonly metrics?: readonly MetricsPage[]
  /** What is watched of the shoppers' privacy; undefined: `usualPrivacy`, as far as there are journeys. */
  readonly privacy?: Privacy
}
