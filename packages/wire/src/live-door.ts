// Where a transport has its live connections: not there until they are asked for.
import type { Live } from './live.ts'
import type { TransportOptions } from './transport.ts'

/** Opens Live when it is first asked for: undici costs 10 MB and tens of ms to load, and most runs need none of it. */
export class LiveDoor {
  readonly #options: TransportOptions
  #opening: Promise<Live> | null = null
  #live: Live | null = null

  constructor(options: TransportOptions) {
    this.#options = options
  }

  get sockets(): number {
    return this.#live?.sockets ?? 0
  }

  open(): Promise<Live> {
    this.#opening ??= this.#load()
    return this.#opening
  }

  async close(): Promise<void> {
    if (this.#opening !== null) await (await this.#opening).close()
  }

  async #load(): Promise<Live> {
    const { createLive } = await import('./undici-live.ts')
    this.#live = createLive(this.#options)
    return this.#live
  }
}
