// An error that knows its cause already.

/** Its `wireCause` is one of the wire's stable causes. */
export class DialError extends Error {
  readonly wireCause: string
  constructor(wireCause: string) {
    super(wireCause)
    this.wireCause = wireCause
  }
}
