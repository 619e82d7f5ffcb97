// What the live page shows, kept whole from the first second, and drawn at most once a second and only while somebody looks.
import type { ShopperCounts, TimelineRow } from '@doorbuster/measurements'
import { noShoppers } from '@doorbuster/measurements'
import type { LivePage, LiveState } from '@doorbuster/report'
import type { Seen } from '../live-state.ts'
import { liveStates } from '../live-state.ts'
import type { LiveOrders } from './live-messages.ts'
import type { LiveServer } from './live-server.ts'
import { unjudged } from './unjudged.ts'

const everyMs = 1_000
const mostNotes = 100

export class LiveDrawing {
  readonly #orders: LiveOrders
  readonly #page: LivePage
  readonly #server: Pick<LiveServer, 'hasReaders' | 'show'>
  readonly #next: (...seen: Seen) => LiveState
  readonly #timeline: TimelineRow[] = []
  readonly #notes: string[] = []
  #shoppers: Readonly<ShopperCounts> = noShoppers()
  #state: LiveState | null = null
  #isDue = false
  #pause: NodeJS.Timeout | null = null

  constructor(orders: LiveOrders, page: LivePage, server: Pick<LiveServer, 'hasReaders' | 'show'>) {
    this.#orders = orders
    this.#page = page
    this.#server = server
    this.#next = liveStates(orders.start)
  }

  window(seen: Seen): void {
    const [row, , shoppers] = seen
    this.#timeline.push(row)
    this.#shoppers = shoppers
    this.#state = this.#next(...seen)
    this.wanted()
  }

  note(text: string): void {
    if (this.#notes.push(text) > mostNotes) this.#notes.shift()
    this.wanted()
  }

  /** Something is new, or somebody is. */
  wanted(): void {
    this.#isDue = true
    if (this.#pause === null) this.#draw()
  }

  /** Nothing is drawn any more. */
  end(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#isDue = false
  }

  #draw(): void {
    if (!this.#isDue || !this.#server.hasReaders) return
    this.#isDue = false
    const { start, objectives } = this.#orders
    const record = { start, objectives: objectives.map(unjudged), timeline: this.#timeline, shoppers: this.#shoppers }
    this.#server.show(this.#page.liveParts(record, this.#state, this.#notes))
    this.#pause = setTimeout(() => {
      this.#pause = null
      this.#draw()
    }, everyMs)
  }
}
