// What a journey is told of a request that is over, as a type. The generator makes it.

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
  /** Every value of a header, by case-insensitive name, one for each line that it came on. */
  headers(name: string): readonly string[]
  /** The body, unpacked when it came as gzip, deflate, br or zstd; empty, and the request failed, where that cannot be done within 64 MiB. */
  bytes(): Uint8Array
  text(): string
  /**
   * The body as JSON, or the first value in it that a JSON path (RFC 9535, `$.cart.items[0].id`) selects; undefined when it is not JSON
   * or nothing is selected. Read once: what is returned is the same value each time. @throws TypeError for a malformed path
   */
  json(path?: string): unknown
  /** Every value that the path selects. @throws TypeError for a malformed path */
  jsonAll(path: string): readonly unknown[]
  /** Text, or an attribute, of the first element that a CSS selector finds in the body as HTML. @throws TypeError for a malformed selector */
  css(selector: string, attribute?: string): string | undefined
  /** The same of every element found; those without the attribute are left out. */
  cssAll(selector: string, attribute?: string): readonly string[]
  /** What the first group of the expression matched in the body, or all that matched where it has none. */
  match(expression: RegExp): string | undefined
}
