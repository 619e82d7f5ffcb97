// The stage for opening doors: a whole crowd, spread over time by a law. Knows nothing of due times.
import { Arguments } from './arguments.ts'
import type { LawArguments } from './arrival-law.ts'
import { hasBegun, lawArgumentNames, readLaw } from './arrival-law.ts'
import type { Rush } from './stages.ts'
import type { CountText, DurationText } from './units.ts'

export type RushArguments = LawArguments & { readonly arrivals: CountText; readonly lasting: DurationText; readonly phase?: string }

/** A crowd of `arrivals`. The law is cut at `lasting` and scaled to owe exactly its count, so a shorter rush is a denser one. */
export function rush(given: RushArguments): Rush {
  const args = new Arguments()
  const raw = args.named(given, ['arrivals', 'lasting', 'phase', ...lawArgumentNames(given?.law)])
  const arrivals = args.count('arrivals', raw.arrivals)
  const law = readLaw(args, raw)
  const lastingMs = args.duration('lasting', raw.lasting)
  const phase = args.phaseOf(raw)
  args.done()
  args.fact(
    hasBegun(law, lastingMs),
    'lasting',
    'a longer duration: of everybody that the law sends, hardly anyone has come by then',
    given.lasting,
  )
  args.done()
  return Object.freeze({ kind: 'rush', arrivals, law, lastingMs, ...phase })
}
