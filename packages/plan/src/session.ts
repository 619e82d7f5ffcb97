// What a journey may do: the shopper's side of a launch, as types. The generator implements it; nothing here sends anything.
import type { Answer } from './answer.ts'
import type { Row } from './data.ts'
import type { Json } from './json.ts'
import type { Order, OrderAsked, OrderTold } from './order-told.ts'

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
  /** How many redirects are followed at most, each as a request of its own in the same step. Default: the plan's `redirects`, which is 0. */
  readonly redirects?: number
  /**
   * The request asks for this order. Whatever comes of it is told to the ledger, as `ordered` does with its answer; and if the shopper leaves
   * before it is answered, that the order is unknown, which no journey could tell any more.
   */
  readonly order?: OrderAsked
}

/** The cookies of one shopper, as they would go to the plan's target. */
export interface Cookies {
  /** Undefined: there is none that would be sent to any path of the target. */
  get(name: string): string | undefined
  /** For every path of the target, until the shopper leaves. @throws TypeError for what no cookie can hold */
  set(name: string, value: string): void
  /** On whatever path it lies. */
  delete(name: string): void
  clear(): void
}

/**
 * A shopper's own data, to be sent wherever the shop asks for it: canaries. No two shoppers of any run have one value in common, and each says
 * whose it is, so that it is recognised in whatever another shopper is shown. The same at every asking.
 */
export interface Me {
  /** `Robin Czqj…`: a given name, and twenty letters as the family's. */
  readonly name: string
  /** At example.com, where no mail is delivered. */
  readonly email: string
  /** One line: `12 czqj… Street`. */
  readonly address: string
  /** In international form, under a country code that does not exist (+999). A shop that checks numbers refuses it. */
  readonly phone: string
  /** Twenty letters, for whatever takes any text. */
  readonly token: string
}

export type PageOptions = Pick<RequestOptions, 'step' | 'headers' | 'expect' | 'check' | 'timeout'> & {
  /**
   * Whose images, styles and scripts are asked for: those of the page's own origin, those of every host that the guard approves, or none.
   * What is left out is counted under `page.skipped`. Default `same-origin`.
   */
  readonly assets?: 'same-origin' | 'approved' | 'none'
  /** Assets asked for at most; what is beyond is counted under `page.skipped`. Default 60. */
  readonly most?: number
  /** Assets under way at once, 1 to 100. Default 6, as browsers have it for HTTP/1.1. */
  readonly connections?: number
  /** False: every asset is asked for whole, and none is remembered. Default true: as this shopper's own browser cache has it. */
  readonly cache?: boolean
}

/** A page with everything that came with it. A failed asset does not fail the page. */
export type Page = {
  /** The document itself. */
  readonly answer: Answer
  readonly assets: AssetCounts
  /** From the moment the document was due to its last asset, ms; of a failed document its response time. */
  readonly loadMs: number
}

export type AssetCounts = {
  readonly asked: number
  readonly ok: number
  readonly failed: number
  /** Of those that were ok: still the same, as the server said with a 304. */
  readonly unchanged: number
  /** Not asked for: still fresh in this shopper's cache. */
  readonly cached: number
  /** Not asked for: another origin, a host that nobody approved, one too many. */
  readonly skipped: number
}

export type LiveOptions = Pick<RequestOptions, 'step' | 'headers' | 'timeout'>

export type SocketOptions = LiveOptions & {
  /** Subprotocols offered, the best first. */
  readonly protocols?: readonly string[]
}

/** What a WebSocket and a stream of events have in common. Both end with the shopper's visit at the latest. */
export interface LiveStream<Message> {
  /** The handshake: its response time is the time until it was open. Not ok: there will be no message. */
  readonly answer: Answer
  /** How many messages have come so far. */
  readonly messages: number
  /** Why it is over, e.g. `1000`, `1006`, `end`, `truncated`, `closed` (by the shopper); undefined while it is open. */
  readonly closed: string | undefined
  /**
   * The next message, in order, each once; undefined when none came in time (ms or text, default: waits as long as it takes) or the stream
   * is over. Of messages that nobody takes the latest 1,000 are kept, and 4 MiB.
   */
  next(timeout?: string | number): Promise<Message | undefined>
  close(): void
}

export interface ShopperSocket extends LiveStream<string | Uint8Array> {
  /** False: it is not open, or the server has stopped reading. */
  send(data: string | Uint8Array): boolean
}

/** `event` is `message` where the server named none. */
export type ServerEvent = { readonly data: string; readonly event: string; readonly id: string | undefined }

/** One shopper on the way through the shop. `Vars`: what it keeps for itself; `Shared`: what `setup` returned. */
export interface Session<Vars extends object = Record<string, unknown>, Shared = unknown> {
  /** Name of the shopper class. */
  readonly shopper: string
  /** This shopper's number among all arrivals of the run, from 1. */
  readonly arrival: number
  /** Whatever the journey wants to remember of this shopper; declared steps keep here what they extract. */
  readonly vars: Vars
  /** What the plan's `setup` returned, frozen; undefined without one. */
  readonly shared: Shared
  /** @throws Error when the plan keeps none: `cookies: false`, or a cookie header of its own */
  readonly cookies: Cookies
  get(path: string, options?: RequestOptions): Promise<Answer>
  post(path: string, options?: RequestOptions): Promise<Answer>
  put(path: string, options?: RequestOptions): Promise<Answer>
  patch(path: string, options?: RequestOptions): Promise<Answer>
  delete(path: string, options?: RequestOptions): Promise<Answer>
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /**
   * GETs a page, and then its images, styles and scripts as a browser would. The document is the intent; its assets are counted under
   * `<step> (assets)`, the whole in the trend `page.<step>`. Default step: as for a request.
   */
  page(path: string, options?: PageOptions): Promise<Page>
  /** Opens a WebSocket; back when it is open, or was refused. Counts `ws.messages`, `ws.first-message` (ms from due) and `ws.closed.<why>`. */
  socket(path: string, options?: SocketOptions): Promise<ShopperSocket>
  /** Opens a stream of server-sent events; it does not come back by itself. Counts as a socket does, under `sse.…`. */
  events(path: string, options?: LiveOptions): Promise<LiveStream<ServerEvent>>
  /**
   * Runs `work` with every request in it counted under `name`, unless the request names its own step. For requests one after the
   * other: in parallel to others, which of them it counts is left open, so name the step in each request instead.
   */
  step<T>(name: string, work: () => Promise<T> | T): Promise<T>
  /**
   * A transaction: counted under `name` as ok, degraded, or failed with the first cause in it. Its time is what the shopper waited in it,
   * times to think left out. Groups may lie in each other. An answer that `check` is to turn must be checked inside.
   */
  group<T>(name: string, work: () => Promise<T> | T): Promise<T>
  /** Waits: `'3s'`, `'exp 3s'` (exponential with that mean), `'exp 3s cap 30s'`, `'uniform 1s 5s'`, `'lognormal median 8s sigma 0.8'`, or ms. Drawn from the shopper's seed. */
  think(time: string | number): Promise<void>
  /**
   * Counts a fact, and returns it. When false, the latest answer is counted as failed with cause `check:<name>`, but only as long as
   * the journey goes straight on from that answer: before its next request, its next think, or its next await of anything else.
   * Later the answer has been counted already, and the fact is counted as a check only. What an answer must always hold stands better
   * in the request's own `check`, which is asked at once.
   */
  check(name: string, fact: boolean): boolean
  /** As `Answer.json`, of the latest answer. @throws Error when there is none yet, or the shopper has thought since: then keep the answer. */
  json(path?: string): unknown
  /** As `Answer.text`, of the latest answer, for as long as `json`. */
  text(): string
  /** Adds `n` (1 by default) to a number of the run's own. Names: 1 to 80 letters, digits, `_`, `.`, `-`. @throws TypeError */
  count(name: string, n?: number): void
  /** One sample of a number of which percentiles are kept; below zero counts as zero. Names as for `count`. @throws TypeError */
  trend(name: string, value: number): void
  /** This shopper's row of the plan's `data`: the same on every call. @throws Error for a name that the plan does not have, and when rows run out */
  row(name: string): Row
  /** The shopper leaves at once, as one who finished; reasons are counted as `stopped.<reason>`. Nothing behind it runs: `return s.stop('sold out')`. */
  stop(reason?: string): Promise<never>
  /** The shopper leaves at once, turned away by the shop: counted with cause `turned-away:<why>`. */
  turnAway(why: string): Promise<never>
  /** Uniform in [0, 1), from the run's seed and this shopper's number: a run replays. */
  random(): number
  /** Name of the shopper's device; null where its class has none. */
  readonly device: string | null
  /** One of them, each as likely as any other. @throws RangeError for an empty list */
  pick<Item>(list: readonly Item[]): Item
  /** True for that share (0 to 1) of the times it is asked. */
  chance(share: number): boolean
  /**
   * One of them, the first the most likely: the n-th with a weight of n to the power of −`exponent` (default 1; 0: all alike). So a few
   * products get most of the visits. @throws RangeError for an empty list or an exponent that is no number from 0 on
   */
  zipf<Item>(list: readonly Item[], exponent?: number): Item
  /**
   * Tells the ledger of an order that no request's `order` told of: `s.ordered({ answer, sku: 'tv-55', key })`, once for each answer. The same
   * order told twice counts once. @throws TypeError for an order without a product, or pieces or cents that are no whole numbers
   */
  ordered(order: OrderTold): Order
  /** An order of this shopper was taken back, so its pieces must return to the stock: the order itself, or its id. @throws TypeError for a stranger's */
  cancelled(order: Order | string | number): void
  /** A fresh idempotency key in the form of a UUID, which no other shopper and no other run has. Not from the seed: a second run must not meet the orders of the first. */
  key(): string
  /**
   * Sends the same thing twice: a double click (`at-once`, the default: both are under way together), or a replay `after` the first was
   * answered. `send` makes one request, with a key taken before: `s.twice(() => s.post('/orders', { json: { sku, key }, order: { sku, key } }))`.
   * The second counts as one more attempt at what the first wanted.
   */
  twice(send: () => Promise<Answer>, when?: 'at-once' | 'after'): Promise<readonly [Answer, Answer]>
  /** This shopper's canaries. */
  readonly me: Me
  /**
   * A canary for a field of any other name (small letters and hyphens, at most 20; at most 15 such fields in a run): twenty letters, the
   * same at every asking. @throws TypeError for a name that is none, or one too many
   */
  canary(field: string): string
  /**
   * Says that the shop gave this shopper a value: an order id, a cart token. From then on it is looked for in what others are shown, from
   * eight letters, digits, `_` and `-` in a row on; and probes may ask for it. `field` is a name as for `canary`.
   */
  own(field: string, value: string): void
}

export type Journey<Vars extends object = Record<string, unknown>, Shared = unknown> = (
  session: Session<Vars, Shared>,
) => Promise<void> | void

/** Runs once before the first arrival; its requests are not measured. What it returns, plain JSON or nothing, is every shopper's `shared`. */
export type Setup = (session: Session) => Promise<unknown> | unknown

/** Runs once after the last shopper has left, however the run ended, for at most the drain time. */
export type Teardown = (session: Session, shared: unknown) => Promise<void> | void
