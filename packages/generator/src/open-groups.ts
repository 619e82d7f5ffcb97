// The transactions that a shopper is in, innermost first. For requests one after the other: in parallel to others, which group a request
// counts in is left open.
import type { Desk } from './desk.ts'
import { OpenGroup } from './open-group.ts'
import { groupName } from './own-names.ts'
import type { Leaving } from './visit.ts'

export class OpenGroups {
  readonly #desk: Pick<Desk, 'clock' | 'recorder' | 'mask'>
  readonly #phase: string | null
  innermost: OpenGroup | null = null

  constructor(desk: Pick<Desk, 'clock' | 'recorder' | 'mask'>, phase: string | null) {
    this.#desk = desk
    this.#phase = phase
  }

  /** `owedMs`: the moment at which its first request is owed, if there is one. `settle`: the latest answer is what it has become. */
  async within<T>(name: string, owedMs: number | null, work: () => Promise<T> | T, settle: () => void): Promise<T> {
    const { clock, mask } = this.#desk
    const group = new OpenGroup(mask(groupName(name)), this.innermost, owedMs ?? clock.now())
    this.innermost = group
    try {
      return await work()
    } catch (error) {
      group.fail('threw')
      throw error
    } finally {
      settle()
      this.#close(group)
      this.innermost = group.outer
    }
  }

  /** The shopper leaves in the midst of them. */
  left(leaving: Leaving): void {
    for (let group = this.innermost; group !== null; group = group.outer) {
      if (leaving.how !== 'finished') group.fail(leaving.cause)
      this.#close(group)
    }
  }

  #close(group: OpenGroup): void {
    group.close(this.#desk.recorder, this.#phase, this.#desk.clock.now())
  }
}
