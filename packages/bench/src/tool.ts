// What a program has to tell the bench: how it is found, how it is asked for each kind of load, and how its answer is read.
// Knows no program by name.

/** So many connections, each asking again when answered. `https:` means a certificate that nobody signed. */
export type ClosedLoad = { readonly url: string; readonly seconds: number; readonly connections: number }

/** Requests at a fixed rate, whatever the target does. */
export type OpenLoad = { readonly url: string; readonly seconds: number; readonly ratePerSec: number }

/** landing → product (JSON parsed, its price checked) → order (JSON posted). */
export type JourneyLoad = {
  readonly origin: string
  readonly seconds: number
  readonly shoppers: number
  /** A new connection for each shopper, or sockets that are kept and shared. */
  readonly sockets: 'new' | 'kept'
}

/** So many users who each ask once, and then wait for an answer. */
export type WaitingLoad = { readonly url: string; readonly users: number; readonly overSeconds: number }

/** A low rate, a rise, and the high rate held. Whole seconds. */
export type SpikeLoad = {
  readonly url: string
  readonly lowPerSec: number
  readonly highPerSec: number
  readonly lowSeconds: number
  readonly riseSeconds: number
  readonly highSeconds: number
}

/** What is put behind the program, and the files that it finds in the folder where it starts. */
export type Errand = { readonly args: readonly string[]; readonly files?: Readonly<Record<string, string>> }

export type Percentiles = { readonly p50Ms: number; readonly p90Ms: number; readonly p99Ms: number }

/** What a program says of its own run. */
export type Claim = {
  /** Requests that it says were answered, whatever their status. */
  readonly answers: number
  /** Requests, or journeys, that it says went wrong; 0 as well when it never says. */
  readonly failed: number
  /** Null when it does not tell all three. */
  readonly percentiles: Percentiles | null
  /** Null when it does not measure how late it sends. */
  readonly latenessP99Ms: number | null
}

export type Tool = {
  readonly name: string
  /** The program as the start of a command; null when this machine lacks it. */
  readonly find: () => readonly string[] | null
  /** How to get it. */
  readonly from: string
  /** @throws Error when the output says nothing: never a claim of zero */
  readonly read: (stdout: string) => Claim
  /** The kinds of load that it can make, on one thread where it has a choice. */
  readonly does: {
    readonly closed?: (load: ClosedLoad) => Errand
    readonly open?: (load: OpenLoad) => Errand
    readonly journey?: (load: JourneyLoad) => Errand
    /** landing → login (a session's cookie) → account → product → cart → order; every answer but the landing page's is looked into. */
    readonly fullJourney?: (load: JourneyLoad) => Errand
    readonly waiting?: (load: WaitingLoad) => Errand
    readonly spike?: (load: SpikeLoad) => Errand
  }
}
