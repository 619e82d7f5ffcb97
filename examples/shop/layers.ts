// What a request passes before it reaches its route, and its answer passes on the way back.
import type { Reply, Streamed } from './replies.ts'
import type { Visit } from './visit.ts'

/** Undefined when nobody is left to answer. */
export type Answered = Reply | Streamed | undefined

/** May answer in the shop's place, or change what it answers. */
export type Layer = (visit: Visit, next: () => Promise<Answered>) => Promise<Answered>

/** The first layer sees the request first and the answer last. */
export function through(layers: readonly Layer[], visit: Visit, work: () => Promise<Answered>): Promise<Answered> {
  return layers.reduceRight<() => Promise<Answered>>((next, layer) => () => layer(visit, next), work)()
}
