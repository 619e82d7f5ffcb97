// What one window counts in while it is open, and what a request holds of it. Emptied and used again; knows no clock.
import type { Cut, CutName } from './cut.ts'
import { clearCut } from './cut.ts'
import { Histogram } from './histogram.ts'
import { clearScope } from './scope.ts'
import type { Cell, Window } from './window.ts'

/** `degraded`: where its degraded answers are counted once more; null until there is one. */
export type Slot = { cell: Cell; readonly phase: string | null; readonly step: string; degraded: CutSlot | null }

/** As a Slot, of a cut. */
export type CutSlot = CutName & { cut: Cut }

/** `first`: a shopper wanted something. `again`: one more try at it. `none`: a request that is neither. */
export type Attempt = 'first' | 'again' | 'none'

export type Bank = {
  readonly cells: Map<Slot, Cell>
  readonly cuts: Map<CutSlot, Cut>
  readonly trends: Map<string, Histogram>
} & Pick<Window, 'lateness' | 'connect' | 'handshake'>

export const newBank = (): Bank => ({
  cells: new Map(),
  cuts: new Map(),
  trends: new Map(),
  lateness: Histogram.create(),
  connect: Histogram.create(),
  handshake: Histogram.create(),
})

export function clearBank(bank: Bank): void {
  for (const histogram of [bank.lateness, bank.connect, bank.handshake]) histogram.reset()
  for (const cell of bank.cells.values()) clearScope(cell)
  for (const cut of bank.cuts.values()) clearCut(cut)
  for (const histogram of bank.trends.values()) histogram.reset()
}
