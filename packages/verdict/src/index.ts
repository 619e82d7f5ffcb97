// Did it hold: trust in the run first, then its objectives, then one verdict.
export { calibrationWarning } from './calibration-remark.ts'
export type { Breach, Judge, JudgedRun } from './judge.ts'
export { startJudging } from './judge.ts'
export type { Aftermath, Comparison, Judgement, ObjectiveResult, Summary, TrustCheck, Verdict } from './judgement.ts'
export type { OpenOrder } from './ledger.ts'
export type { LedgerFacts, LostOrders, Mismatch, MismatchKind, ProductFacts, Range } from './ledger-facts.ts'
export { forecastBeyondProvider } from './provider-limit.ts'
export { summarise } from './summarise.ts'
