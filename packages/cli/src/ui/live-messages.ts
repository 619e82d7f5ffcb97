// What the thread of the live page and the main one say to each other. Plain data: it is copied from thread to thread.
import type { RunStart } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import type { Seen } from '../live-state.ts'

export type LiveOrders = {
  /** 0: any that is free. */
  readonly port: number
  /** Part of every address: who does not know it sees nothing. */
  readonly token: string
  readonly start: RunStart
  readonly objectives: readonly Objective[]
}

/** From the run to its page. `reportFile` null: it could not be written. */
export type ToPage =
  | { readonly kind: 'window'; readonly seen: Seen }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'end'; readonly reportFile: string | null }

export type FromPage =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'no-port'; readonly code: string }
  | { readonly kind: 'stop' }
