// Did it hold: trust in the run first, then its objectives, then one verdict.
export { calibrationWarning } from './calibration-remark.ts'
export type { Breach, Judge, JudgedRun } from './judge.ts'
export { startJudging } from './judge.ts'
export type { Judgement, ObjectiveResult, Summary, TrustCheck, Verdict } from './judgement.ts'
export { summarise } from './summarise.ts'
