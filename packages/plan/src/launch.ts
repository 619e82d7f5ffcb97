// A launch as it is written in code. How it is read stands in read-plan.ts.
import type { K6Thresholds } from './k6-thresholds.ts'
import type { Plan, Spacing } from './plan.ts'
import { readPlan } from './read-plan.ts'
import type { TrafficInput } from './read-traffic.ts'
import type { ShopperInput, UrlStepInput } from './shoppers.ts'
import type { DurationText } from './units.ts'

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
  /** Objectives as text, or k6's thresholds by metric. None: the verdict's stated default. */
  readonly objectives?: readonly (string | K6Thresholds)[] | undefined
  /** Unsigned 32-bit; default 1. */
  readonly seed?: number | undefined
  readonly headers?: Readonly<Record<string, string | number>> | undefined
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
}

/** The plan, frozen all the way down. @throws PlanError PLAN_INVALID with every mistake at once, each with its path. */
export function launch(given: Launch): Plan {
  return readPlan(given)
}
