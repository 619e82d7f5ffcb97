// One kind of work, as a block of the table: who does it, what is measured, and what the product sets itself there.
import type { Figure, Measured } from './figures.ts'
import type { Goal } from './goals.ts'
import type { Target } from './target.ts'
import type { Tool } from './tool.ts'

/** What all rounds of a bench share. */
export type Setting = {
  readonly target: Target
  /** For whatever a round writes. */
  readonly folder: string
  /** Whether the client is alone on one CPU, and the server on another. */
  readonly isPinned: boolean
  /** Length of a measuring window. Work whose length is given by what it does ignores it. */
  readonly windowMs: number
}

export type Entry = {
  /** Unique within its workload. */
  readonly name: string
  readonly tool: Tool
  /** `program`: the start of its command. @throws Error when it fails, hangs, or says something else than the server */
  readonly measure: (program: readonly string[], setting: Setting) => Promise<Measured>
}

/** What runs in the bench's own process. */
export type OwnEntry = {
  readonly name: string
  readonly tool: null
  readonly measure: (setting: Pick<Setting, 'windowMs'>) => Promise<Measured>
}

export type Workload = {
  /** The letter by which it is chosen; several may share one. */
  readonly letter: string
  readonly name: string
  /** One line for the reader of the table. */
  readonly says: string
  readonly columns: readonly Figure[]
  /** Seldom: one round in three, rounded up, since a round is long and what it measures is steady. */
  readonly rounds: 'all' | 'seldom'
  readonly entries: readonly (Entry | OwnEntry)[]
  readonly goals: readonly Goal[]
}
