// A list over time that never grows past its limit: when it would, neighbours are joined, two by two. Knows nothing of what a row holds.

export type JoinedRowsOptions<Row> = {
  readonly most: number
  /** Must be associative: how often neighbours were joined may not be seen. */
  readonly join: (earlier: Row, later: Row) => Row
}

export class JoinedRows<Row> {
  readonly #options: JoinedRowsOptions<Row>
  readonly #rows: Row[] = []
  readonly #pending: Row[] = []
  #every = 1

  constructor(options: JoinedRowsOptions<Row>) {
    this.#options = options
  }

  add(row: Row): void {
    this.#pending.push(row)
    if (this.#pending.length >= this.#every) this.#rows.push(this.#joined(this.#pending.splice(0)))
    if (this.#rows.length > this.#options.most) this.#halve()
  }

  /** The last one may hold fewer rows than the others. */
  get rows(): readonly Row[] {
    return this.#pending.length === 0 ? this.#rows : [...this.#rows, this.#joined(this.#pending)]
  }

  #halve(): void {
    const rows = this.#rows.splice(0)
    for (let i = 0; i < rows.length; i += 2) this.#rows.push(this.#joined(rows.slice(i, i + 2)))
    this.#every *= 2
  }

  #joined(rows: readonly Row[]): Row {
    return rows.reduce(this.#options.join)
  }
}
