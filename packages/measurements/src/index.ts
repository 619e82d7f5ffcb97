// What happened: outcomes, histograms, windows, the run folder.

export type { Attempt, CutSlot, Slot } from './bank.ts'
export { BusiestThread } from './busiest-thread.ts'
export type { Counter } from './counters.ts'
export { linkMsCounter } from './counters.ts'
export type { Counts } from './counts.ts'
export { noCounts } from './counts.ts'
export type { Curve, CurvePoint } from './curve.ts'
export type { Cut, CutBy } from './cut.ts'
export { newCut } from './cut.ts'
export type { FailureSample, RunEvent } from './events.ts'
export type {
  Calibration,
  CutSlice,
  Facts,
  Machine,
  PhaseSlice,
  PhaseSpan,
  RunEnd,
  RunStart,
  Slice,
  TimelineRow,
  Totals,
  VisitSlice,
} from './facts.ts'
export type { Mistake } from './form.ts'
export type { Gallery, Stretch } from './gallery.ts'
export { GalleryCollector, heatEdgesMs, joinStretches } from './gallery.ts'
export type { Moments } from './histogram.ts'
export { Histogram } from './histogram.ts'
export type { Finding, FindingKind, OrderEntry, OriginFetches, ShopCount, ShopFigure, ShopOrders } from './ledger-entries.ts'
export { mostPeople } from './ledger-entries.ts'
export { mergeWindows } from './merge-windows.ts'
export type { PackedWindow } from './packed-window.ts'
export { packWindow, unpackWindow } from './packed-window.ts'
export type { Pct, PctInterval, ToldPercentile } from './pct.ts'
export { missingSamples } from './pct.ts'
export type { Confidence, RankInterval } from './rank-interval.ts'
export { ninetyFivePercent, rankInterval, threeSigma } from './rank-interval.ts'
export type { StoredRun } from './read-run.ts'
export { RunFolderError, readRun } from './read-run.ts'
export type { OnWindow } from './recorder.ts'
export { otherSteps, Recorder } from './recorder.ts'
export { RunFolder, writeWhole } from './run-folder.ts'
export { mostPlanned } from './run-forms.ts'
export type { CellSeries, PhaseSeries, RunSeries, SeriesStretch } from './run-series.ts'
export { RunSeriesCollector } from './run-series.ts'
export type { Scope } from './scope.ts'
export type { Signature, SignedInputs, SignOff } from './signature.ts'
export { evidenceFiles, readSignature, signatureFile } from './signature.ts'
export { destroyWindow } from './stored-window.ts'
export type { ScopeName } from './tally.ts'
export { Tally } from './tally.ts'
export type {
  TargetFigure,
  TargetHead,
  TargetLine,
  TargetPoint,
  TargetSample,
  TargetSeries,
  TargetSilence,
  TargetUnit,
} from './target-series.ts'
export { TargetRecord } from './target-series.ts'
export type { Tenths } from './tenths.ts'
export { tenthMs } from './tenths.ts'
export { Timeline } from './timeline.ts'
export type { ValueCount } from './value-counts.ts'
export { deviceOfVisits, visitCounts } from './visits.ts'
export type { Cell, CheckCounts, ShopperCounts, ThreadCpu, Window } from './window.ts'
export { addShoppers, noShoppers } from './window.ts'
