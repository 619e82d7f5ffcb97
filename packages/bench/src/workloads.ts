// All the work there is, in the order of the table.
import { accuracies } from './accuracy.ts'
import { closedLoop, tlsLoop } from './closed-loop.ts'
import { fullJourney } from './full-journey.ts'
import { journey } from './journey.ts'
import { parts } from './micro.ts'
import { openRate } from './open-rate.ts'
import { spike } from './spike.ts'
import { waiting } from './waiting.ts'
import type { Workload } from './workload.ts'

export const workloads: readonly Workload[] = [closedLoop, openRate, journey, tlsLoop, waiting, ...accuracies, spike, fullJourney, parts]
