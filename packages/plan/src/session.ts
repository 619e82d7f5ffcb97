// What a journey may do: the shopper's side of a launch, as types. The generator implements it; nothing here sends anything.

/** JSON as a journey sends and receives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

export type RequestOptions = {
  /** Name under which the request is counted; objectives point at it. Default: method and path without its query. */
  readonly step?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Body as text or bytes; sent as it is. */
  readonly body?: string | Uint8Array
  /** Body as a value; sent as JSON with its content type. */
  readonly json?: Json
  /** Fields of a form, sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string | number | boolean>>
  /** Fields and files as `multipart/form-data`, put together in memory before the request is due. */
  readonly multipart?: FormData
  /** Path of a file whose bytes are the body, read while they are sent. It must not change meanwhile. */
  readonly file?: string
  /** Statuses that count as ok. Default: 200 to 399. */
  readonly expect?: number | readonly number[]
  /** Facts that must hold for the answer; the first that does not makes the request failed with cause `check:<name>`. */
  readonly check?: Readonly<Record<string, (answer: Answer) => boolean>>
  /** Whole-request deadline in ms or as text; never longer than the plan's own. */
  readonly timeout?: string | number
}

/**
 * What came back. A request that got no answer (refused, timed out …) is an Answer with `status` 0 and its `cause`:
 * a shopper goes on or gives up, but the network never throws.
 */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  /** Why it failed, e.g. `status:503`, `timeout`, `refused`; undefined when it did not. */
  readonly cause: string | undefined
  /** Response time so far in fractional ms, counted from the moment the request was due. */
  readonly responseMs: number
  /** First value of a header, by case-insensitive name. */
  header(name: string): string | undefined
  /** The body, unpacked when it came as gzip, deflate, br or zstd; empty, and the request failed, where that cannot be done within 64 MiB. */
  bytes(): Uint8Array
  text(): string
  /** The body as JSON; undefined when it is not JSON. */
  json(): unknown
}

/** One shopper on the way through the shop. */
export interface Session {
  /** Name of the shopper class. */
  readonly shopper: string
  /** This shopper's number among all arrivals of the run, from 1. */
  readonly arrival: number
  get(path: string, options?: RequestOptions): Promise<Answer>
  post(path: string, options?: RequestOptions): Promise<Answer>
  put(path: string, options?: RequestOptions): Promise<Answer>
  patch(path: string, options?: RequestOptions): Promise<Answer>
  delete(path: string, options?: RequestOptions): Promise<Answer>
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /**
   * Runs `work` with every request in it counted under `name`, unless the request names its own step. For requests one after the
   * other: in parallel to others, which of them it counts is left open, so name the step in each request instead.
   */
  step<T>(name: string, work: () => Promise<T> | T): Promise<T>
  /** Waits: `'3s'`, `'exp 3s'` (exponential with that mean), `'exp 3s cap 30s'`, `'uniform 1s 5s'`, or ms. Drawn from the shopper's seed. */
  think(time: string | number): Promise<void>
  /**
   * Counts a fact, and returns it. When false, the latest answer is counted as failed with cause `check:<name>`, but only as long as
   * the journey goes straight on from that answer: before its next request, its next think, or its next await of anything else.
   * Later the answer has been counted already, and the fact is counted as a check only. What an answer must always hold stands better
   * in the request's own `check`, which is asked at once.
   */
  check(name: string, fact: boolean): boolean
  /** Uniform in [0, 1), from the run's seed and this shopper's number: a run replays. */
  random(): number
}

export type Journey = (session: Session) => Promise<void> | void
