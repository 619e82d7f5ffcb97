// One thing to do, as every renderer of it gets it. Nothing in it is escaped yet.
export type Action = {
  /** What is at stake, in two or three words. */
  readonly stake: string
  readonly title: string
  readonly advice: string
  /** Short pairs: seen, allowed, where and when. */
  readonly evidence: readonly (readonly [name: string, value: string])[]
  /** Null where only another rehearsal can show it. */
  readonly command: string | null
}
