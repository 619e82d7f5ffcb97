// The outside world as one value, so that commands can be run and tested without a process of their own.

import type { CpuReading } from '@doorbuster/generator'

export type Sink = {
  write(text: string): void
  /** Waits until what was written has left this process; false when nobody reads it any more. */
  flush(): Promise<boolean>
  readonly isTTY: boolean
  /** Undefined where there is no terminal. */
  readonly columns: number | undefined
}

export type World = {
  /** Arguments after the program's name. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly nodeVersion: string
  readonly stdout: Sink
  readonly stderr: Sink
  now(): Date
  cpu(): CpuReading
  /** CPU time of the calling thread so far; null where nobody can tell. */
  threadCpuMs(): number | null
  /** Calls `handler` with errors that nobody caught, until the returned function is called; without a handler they end the process. */
  onStray(handler: (error: unknown) => void): () => void
  /** Calls `handler` at each Ctrl-C or SIGTERM until the returned function is called. */
  onInterrupt(handler: () => void): () => void
  /** Ends the process without another word. */
  exitNow(code: number): never
}

/** `NO_COLOR` and a stream that is no terminal are honoured; `FORCE_COLOR` overrides both. */
export function wantsColour({ env }: World, sink: Sink): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true
  return sink.isTTY && (env.NO_COLOR ?? '') === ''
}

export function widthOf(sink: Sink): number {
  return Math.min(sink.columns ?? 100, 160)
}

/** A screen that redraws itself makes no sense in a log. */
export function isLive({ env }: World, sink: Sink): boolean {
  return sink.isTTY && (env.CI ?? '') === ''
}
