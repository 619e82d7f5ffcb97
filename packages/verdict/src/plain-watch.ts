// An objective over its whole scope. Judged at the end; while running only as far as it may abort.
import type { Tally, Window } from '@doorbuster/measurements'
import type { Objective } from '@doorbuster/plan'
import { ByItself } from './by-itself.ts'
import { isBroken, isHeld } from './compare.ts'
import { secondsFigure } from './figures.ts'
import { found, nothingSeen } from './findings.ts'
import type { Seen } from './observe.ts'
import { look, observe } from './observe.ts'
import type { JudgedScope } from './scope.ts'
import { endOf, startOf } from './scope.ts'
import { sayPlain } from './sentences.ts'
import type { Ending, Finding, Sighting, Watch } from './watch.ts'
import { WholeScope } from './whole-scope.ts'

export class PlainWatch implements Watch {
  readonly #objective: Objective
  readonly #scope: JudgedScope
  readonly #whole: WholeScope
  readonly #byItself: ByItself
  #firstBreachMs: number | null = null
  #stopped: { readonly seen: Seen; readonly because: string } | null = null

  constructor(objective: Objective, scope: JudgedScope, tally: Tally) {
    this.#objective = objective
    this.#scope = scope
    this.#byItself = new ByItself(objective, scope)
    this.#whole = new WholeScope(scope, objective.metric, tally, objective.onBreach.kind === 'abort')
  }

  window(window: Window): Sighting | null {
    this.#whole.add(window)
    if (this.#firstBreachMs === null && this.#breaksByItself(window)) this.#firstBreachMs = window.startMs
    return this.#abort(endOf(window))
  }

  finish(ending: Ending): Finding {
    const finding = this.#conclude(ending)
    this.#byItself.destroy()
    this.#whole.destroy()
    return finding
  }

  #conclude(ending: Ending): Finding {
    const objective = this.#objective
    const seen = look(objective.metric, this.#whole.until(ending))
    if (seen === null) return nothingSeen(objective, this.#scope, ending)
    const breachMs = this.#firstBreachMs ?? startOf(this.#scope)
    // What was still under way when the run was stopped may have mended the sum; the breach that stopped it stands.
    const stands = this.#stopped !== null && isHeld(objective, seen.value) ? this.#stopped : { seen, because: sayPlain(objective, seen) }
    return found(objective, stands.seen, stands.because, breachMs)
  }

  #abort(atMs: number): Sighting | null {
    const { metric, onBreach } = this.#objective
    const startMs = startOf(this.#scope)
    const evidence = this.#whole.soFar
    if (onBreach.kind !== 'abort' || this.#stopped !== null || startMs === null || evidence === null) return null
    const seen = atMs - startMs < onBreach.afterMs ? null : look(metric, evidence)
    if (seen === null || isHeld(this.#objective, seen.value)) return null
    this.#stopped = { seen, because: sayPlain(this.#objective, seen, ` by ${secondsFigure(atMs)}, which stops the run`) }
    return { atMs, because: this.#stopped.because, abort: true }
  }

  /** The window alone; of a counter, which only grows, all that was counted so far. */
  #breaksByItself(window: Window): boolean {
    const { metric } = this.#objective
    const soFar = metric.kind === 'counter' ? this.#whole.soFar : null
    if (soFar !== null) return isBroken(this.#objective, observe(metric, soFar) ?? 0)
    return this.#byItself.look(window) === 'broken'
  }
}
