// The public names of the plan package.

export { kindOfAddress } from './addresses.ts'
export type { AllowEntry } from './allow-list.ts'
export { parseAllowList } from './allow-list.ts'
export type { Amendments } from './amend.ts'
export { amend } from './amend.ts'
export type { LawArguments } from './arrival-law.ts'
export { canonicalJson, canonicalPlan, planHash } from './canonical.ts'
export type { CurveOptions, CurveSample } from './curve.ts'
export { curve, resolveCurves } from './curve.ts'
export type { DecayArguments } from './decay.ts'
export { decay } from './decay.ts'
export type { DataOptions } from './declared.ts'
export { planFromData, planJsonSchema, withCurves, withFiles } from './declared.ts'
export type { Forecast, ForecastArguments } from './forecast.ts'
export { forecast } from './forecast.ts'
export { formatObjective } from './format-objective.ts'
export type { Caps, GuardAnswer, GuardQuestion, SuggestedEntry } from './guard.ts'
export { judgeTarget } from './guard.ts'
export type { K6Threshold, K6Thresholds } from './k6-thresholds.ts'
export { fromK6Thresholds } from './k6-thresholds.ts'
export type { Launch } from './launch.ts'
export { launch } from './launch.ts'
export { normalCdf, normalQuantile } from './normal.ts'
export type { Metric, Objective, OnBreach, Op, Span, Unit } from './objective.ts'
export { overlay, phase } from './overlay.ts'
export { parseObjective } from './parse-objective.ts'
export type { Limits, Model, Plan, Shopper, Spacing, UrlStep } from './plan.ts'
export type { PresetEntry, PresetOptions } from './presets.ts'
export { preset, presetList } from './presets.ts'
export type { Problem, ProblemCode } from './problems.ts'
export { collect, describe, PlanError, problem, raise } from './problems.ts'
export { readPlan } from './read-plan.ts'
export type { Stages, TrafficInput } from './read-traffic.ts'
export type { CountdownArguments, StairsArguments } from './recipes.ts'
export { countdown, stairs } from './recipes.ts'
export type { RushArguments } from './rush.ts'
export { rush } from './rush.ts'
export { isSecretName } from './secrets.ts'
export type { Answer, Journey, Json, RequestOptions, Session } from './session.ts'
export type { ShapeLayout } from './shape-format.ts'
export { formatShape } from './shape-format.ts'
export { parseShape } from './shape-text.ts'
export type { ShopperInput, ShopperOptions, UrlStepInput } from './shoppers.ts'
export { shopper } from './shoppers.ts'
export type {
  Burst,
  Curve,
  CurvePoint,
  Decay,
  DecayLaw,
  Hold,
  Overlay,
  Ramp,
  Rush,
  RushLaw,
  Silence,
  Stage,
  StageOptions,
} from './stages.ts'
export { burst, hold, ramp, silence } from './stages.ts'
export type { ThinkTime } from './think.ts'
export { parseThink } from './think.ts'
export type { CountText, DurationText, RateText } from './units.ts'
export { formatCount, formatDuration, formatRate, parseCount, parseDuration, parseRate } from './units.ts'
