// The public names of the plan package.

export { kindOfAddress } from './addresses.ts'
export type { AllowEntry } from './allow-list.ts'
export { parseAllowList } from './allow-list.ts'
export type { Amendments } from './amend.ts'
export { amend } from './amend.ts'
export type { Answer } from './answer.ts'
export type { AnswerRule, AnswerRuleInput, AnswerRulesInput } from './answer-rule.ts'
export type { AnsweredByInput, AnsweredByRule } from './answered-by.ts'
export type { LawArguments } from './arrival-law.ts'
export type { Level } from './at-level.ts'
export { atLevel, atLevelObjectives } from './at-level.ts'
export type { Behaviour, BehaviourInput } from './behaviour.ts'
export type { Budget } from './budget.ts'
export { usualBudget } from './budget.ts'
export type { Mask } from './canonical.ts'
export { canonicalJson, canonicalPlan, isPublicBody, isPublicHeader, planHash } from './canonical.ts'
export type { CurveOptions, CurveSample } from './curve.ts'
export { curve, resolveCurves } from './curve.ts'
export type { DataInput, DataSet, Row, Take } from './data.ts'
export { isDay, parseMoment } from './dates.ts'
export type { DecayArguments } from './decay.ts'
export { decay } from './decay.ts'
export type { DataOptions } from './declared.ts'
export { planFromData, planJsonSchema, withCurves, withData, withFiles } from './declared.ts'
export type { Extract } from './extract.ts'
export type { Forecast, ForecastArguments } from './forecast.ts'
export { forecast } from './forecast.ts'
export { formatObjective } from './format-objective.ts'
export type { Caps, GuardAnswer, GuardQuestion, SuggestedEntry, Wanted } from './guard.ts'
export { judgeTarget } from './guard.ts'
export type { HerdArguments, HerdSpan } from './herd.ts'
export { herd, herdSpans } from './herd.ts'
export type { Drop, LoginFields, Pace } from './hostile-journeys.ts'
export { hostile } from './hostile-journeys.ts'
export type { Json } from './json.ts'
export type { K6Threshold, K6Thresholds } from './k6-thresholds.ts'
export { fromK6Thresholds } from './k6-thresholds.ts'
export type { Launch } from './launch.ts'
export { launch } from './launch.ts'
export { normalCdf, normalQuantile } from './normal.ts'
export type { Metric, Objective, ObjectiveOf, OnBreach, Op, Span, Unit } from './objective.ts'
export type { ScopeNames } from './objective-scope.ts'
export { inScope } from './objective-scope.ts'
export { countdownPhase, opensAtMs, phaseAtMs } from './opening.ts'
export type { Order, OrderAsked, OrderTold } from './order-told.ts'
export type { OrderRead, Orders, StockRead } from './orders.ts'
export { memberAt, pathFilled } from './orders.ts'
export type { OrdersInput } from './orders-schema.ts'
export type { Origin, OriginInput } from './origin.ts'
export { overlay, phase } from './overlay.ts'
export { areaOf } from './own-areas.ts'
export { parseObjective } from './parse-objective.ts'
export type { Patience, PatienceInput } from './patience.ts'
export type { Limits, Model, Plan, Shopper, Spacing, UrlStep } from './plan.ts'
export type { EventBehaviour, Grounds } from './preset-event.ts'
export type { PresetEntry, PresetOptions } from './presets.ts'
export { preset, presetList } from './presets.ts'
export type { Privacy, PrivacyInput, Probe, ProbeInput } from './privacy.ts'
export { usualPrivacy } from './privacy.ts'
export type { Problem, ProblemCode } from './problems.ts'
export { collect, describe, PlanError, problem, raise } from './problems.ts'
export { readPlan } from './read-plan.ts'
export type { Stages, TrafficInput } from './read-traffic.ts'
export type { CountdownArguments, StairsArguments } from './recipes.ts'
export { countdown, stairs } from './recipes.ts'
export type { Reenacted, ReenactOptions } from './reenact.ts'
export { reenact } from './reenact.ts'
export type { RetriesInput, RetryBudget, RetryPolicy } from './retries.ts'
export type { RushArguments } from './rush.ts'
export { rush } from './rush.ts'
export { cover, covered, isSecretName } from './secrets.ts'
export type { Selector } from './selectors.ts'
export { selectJson, selectorOf } from './selectors.ts'
export type { SeriesMatcher, SeriesRule, SeriesTerm } from './series.ts'
export { parseSeries } from './series.ts'
export type {
  AssetCounts,
  Cookies,
  Journey,
  LiveOptions,
  LiveStream,
  Me,
  Page,
  PageOptions,
  RequestOptions,
  ServerEvent,
  Session,
  Setup,
  ShopperSocket,
  SocketOptions,
  Teardown,
} from './session.ts'
export type { ShapeLayout } from './shape-format.ts'
export { formatShape } from './shape-format.ts'
export { parseShape } from './shape-text.ts'
export { shopperDefaults } from './shopper-defaults.ts'
export type { DeviceInput, ShopperInput, ShopperOptions, TraitsInput, UrlStepInput, WatchersInput } from './shoppers.ts'
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
export type { MetricsInput, MetricsPage } from './target-metrics.ts'
export type { Placeholder, Template } from './template.ts'
export { filled, templateOf } from './template.ts'
export type { ThinkTime } from './think.ts'
export { parseThink } from './think.ts'
export type { ThirdParty } from './third-parties.ts'
export { refusalOf, thirdPartiesIn, thirdPartyOf } from './third-parties.ts'
export type { Device, Likeness, Traits, Watchers } from './traits.ts'
export type { CountText, DurationText, RateText } from './units.ts'
export { formatCount, formatDuration, formatRate, parseCount, parseDuration, parseRate, parseShare } from './units.ts'
export { usualSeries } from './usual-series.ts'
export type { WaitingRoom, WaitingRoomInput } from './waiting-room.ts'
export { queueSuffix } from './waiting-room.ts'
