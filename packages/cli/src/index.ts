// What a plan imports from `doorbuster`: the DSL and its types, one by one.

export type { Answer, Forecast, Journey, Json, Launch, Plan, Problem, RequestOptions, Session, Stage } from '@doorbuster/plan'
export {
  burst,
  countdown,
  curve,
  decay,
  forecast,
  hold,
  launch,
  overlay,
  PlanError,
  phase,
  preset,
  ramp,
  rush,
  shopper,
  silence,
  stairs,
} from '@doorbuster/plan'
export type { Summary } from '@doorbuster/verdict'
