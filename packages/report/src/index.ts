// Say it: one run's record in, text out, in each of the forms that people and CI read.
export { renderCapacityMarkdown, renderCapacityTerminal } from './capacity-text.ts'
export { levelLine } from './capacity-words.ts'
export { wrap } from './columns.ts'
export { comparisonForTerminal, comparisonMarkdown } from './comparison-text.ts'
export { plainLine } from './escape.ts'
export { sayCount, sayMs, sayRate, saySpan } from './format.ts'
export type { Remark, StepOutputs } from './github.ts'
export { annotation, githubOutputs, mostRemarks, remarksOf, stepOutputs } from './github.ts'
export {
  capacityOutputs,
  capacityRemarks,
  comparisonOutputs,
  comparisonRemarks,
  historyOutputs,
  historyRemarks,
} from './github-gates.ts'
export type { Past, PastRun } from './history.ts'
export { historyForTerminal, historyMarkdown } from './history.ts'
export { renderCapacityHtml } from './html/capacity-page.ts'
export { jtlForm } from './jtl.ts'
export { renderJunit } from './junit.ts'
export type { LiveState } from './live.ts'
export { liveLine, liveScreen } from './live.ts'
export { loadHtml } from './load-html.ts'
export type { LivePage } from './load-live.ts'
export { loadLivePage } from './load-live.ts'
export { renderLoadPerformance } from './load-performance.ts'
export { renderMarkdown } from './markdown.ts'
export { renderOtlp } from './metrics/otlp.ts'
export { prometheusContentTypes, prometheusForm, renderPrometheus } from './metrics/prometheus.ts'
export { RunMetrics } from './metrics/run-metrics.ts'
export { comparisonPage, historyPage } from './plain-page.ts'
export type { Report } from './report.ts'
export type { DrawingOptions, ShapeSketch } from './shape-drawing.ts'
export { drawShape, shapeBucketMs } from './shape-drawing.ts'
export type { Table } from './table.ts'
export type { TerminalOptions } from './terminal.ts'
export { renderTable, renderTerminal } from './terminal.ts'
export type { WindowForm } from './window-forms.ts'
export { windowForms } from './window-forms.ts'
export { headline } from './words.ts'
