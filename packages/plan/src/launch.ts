// A launch as it is written in code. How it is read stands in read-plan.ts.

import type { AnswerRulesInput } from './answer-rule.ts'
import type { AnsweredByInput } from './answered-by.ts'
import type { DataInput } from './data.ts'
import type { K6Thresholds } from './k6-thresholds.ts'
import type { OrdersInput } from './orders-schema.ts'
import type { OriginInput } from './origin.ts'
import type { Plan, Spacing } from './plan.ts'
import type { PrivacyInput } from './privacy.ts'
import { readPlan } from './read-plan.ts'
import type { TrafficInput } from './read-traffic.ts'
import type { Setup, Teardown } from './session.ts'
import type { ShopperInput, UrlStepInput, WatchersInput } from './shoppers.ts'
import type { MetricsInput } from './target-metrics.ts'
import type { DurationText } from './units.ts'
import type { WaitingRoomInput } from './waiting-room.ts'

export type Launch = {
  /** 1 to 80 characters; it also names the run folder. */
  readonly name: string
  /** Absolute http(s) URL without credentials. A path in it is put before every step's path; a query only goes with the default visitor. */
  readonly target: string
  /** The open model: what arrives, whatever the target does. */
  readonly traffic?: TrafficInput | undefined
  /** The closed model, in place of traffic: so many shoppers, each starting again when done. */
  readonly closed?: { readonly shoppers: number; readonly lasting: DurationText } | undefined
  /** Gaps between arrivals; default `even`. */
  readonly spacing?: Spacing | undefined
  /** Default: `per-shopper`, but `shared` when every class sends a single declared request. */
  readonly connections?: Plan['connections'] | undefined
  /** Default: one class, `visitor`, that GETs the target. */
  readonly shoppers?: readonly ShopperInput[] | undefined
  /** The requests of the one class `visitor`, in place of `shoppers`. */
  readonly steps?: readonly UrlStepInput[] | undefined
  /** Who comes before the doors open, for every class that does not say so itself. */
  readonly watchers?: WatchersInput | undefined
  /** When the doors open, from the start of the run; default: the start of the phase `doors`. */
  readonly opensAt?: DurationText | undefined
  /** How to tell who answered, before the rules that doorbuster has itself; the first that fits counts. */
  readonly answeredBy?: readonly AnsweredByInput[] | undefined
  /** Objectives as text, or k6's thresholds by metric. None: the verdict's stated default. */
  readonly objectives?: readonly (string | K6Thresholds)[] | undefined
  /** Which share of requests must be answered over the event; default `99.9% over 2h`. It is told, and decides nothing. */
  readonly budget?: string | undefined
  /** Unsigned 32-bit; default 1. */
  readonly seed?: number | undefined
  readonly headers?: Readonly<Record<string, string | number>> | undefined
  /** Who answers for this load: a name and an address, one line. Default: the contact of the target's entry in the allow list. */
  readonly contact?: string | undefined
  /** What journeys ask in place of a third party: `{ 'api.stripe.com': 'http://127.0.0.1:4010' }`. */
  readonly stubs?: Readonly<Record<string, string>> | undefined
  /** Whole request; default 10s. */
  readonly timeout?: DurationText | undefined
  /** Default 5s. */
  readonly connectTimeout?: DurationText | undefined
  /** Until the first byte of an answer; default none: only `timeout` counts. */
  readonly firstByteTimeout?: DurationText | undefined
  /** Version of HTTP: 1 (HTTP/1.1, the default) or 2, which needs an https target whose server speaks it. */
  readonly http?: Plan['http'] | undefined
  /** Default: no resumption, every new connection is a whole handshake. */
  readonly tls?: { readonly resume?: boolean } | undefined
  /** How long shoppers under way may go on after the last arrival; default 10s. */
  readonly drain?: DurationText | undefined
  /** Default `x-degraded`. */
  readonly degradedHeader?: string | undefined
  /** Answers that say they are degraded in another way. */
  readonly degradedWhen?: AnswerRulesInput | undefined
  /** None: a page of a queue is an answer like any other. */
  readonly waitingRoom?: WaitingRoomInput | undefined
  /** Whether each shopper of more than one request keeps cookies; default true. A `cookie` in `headers` turns them off too. */
  readonly cookies?: boolean | undefined
  /** How many redirects a request follows at most; default 0: the answer that redirects is the answer. */
  readonly redirects?: number | undefined
  /** Rows for shoppers, by name: `s.row('users')`, or `${users.name}` in declared steps. */
  readonly data?: Readonly<Record<string, DataInput>> | undefined
  /** Runs once before the first arrival. */
  readonly setup?: Setup | undefined
  /** Runs once after the last shopper has left. */
  readonly teardown?: Teardown | undefined
  /** What there is to sell, and where the shop tells of it: turns on the judging of orders. */
  readonly orders?: OrdersInput | undefined
  /** Where fetches of the origin are counted, for the objective `stampede`. */
  readonly origin?: OriginInput | undefined
  /** Metrics pages of the target's machines and programs, in the text format of Prometheus, read each second. */
  readonly metrics?: MetricsInput | undefined
  /** What is watched of the shoppers' privacy. Default: canaries and personal data, as far as there are journeys; no probes. */
  readonly privacy?: PrivacyInput | undefined
}

/** The plan, frozen all the way down. @throws PlanError PLAN_INVALID with every mistake at once, each with its path. */
export function launch(given: Launch): Plan {
  return readPlan(given)
}
