// Measures contenders in turn, so that a bad minute of the machine falls on all of them. Knows nothing of what they do.
import type { Measured, Round, Row } from './figures.ts'

export type Contender = {
  readonly name: string
  /** Rejects when it cannot be measured; the others go on. */
  readonly measure: () => Promise<Measured>
}

export type Turns = {
  readonly rounds: number
  readonly onRound: (round: number, name: string) => void
}

/** One row a contender, in the order given. Every second round runs backwards: nobody always follows the same neighbour. */
export async function inTurn(contenders: readonly Contender[], { rounds, onRound }: Turns): Promise<readonly Row[]> {
  const rows = new Map(contenders.map((contender) => [contender, [] as Round[]]))
  for (let round = 1; round <= rounds; round++) {
    for (const contender of round % 2 === 1 ? contenders : contenders.toReversed()) {
      onRound(round, contender.name)
      rows.get(contender)?.push(await oneRound(contender))
    }
  }
  return [...rows].map(([{ name }, its]) => ({ name, rounds: its }))
}

async function oneRound({ measure }: Contender): Promise<Round> {
  try {
    return { status: 'measured', ...(await measure()) }
  } catch (failure) {
    return { status: 'failed', because: failure instanceof Error ? failure.message : String(failure) }
  }
}
