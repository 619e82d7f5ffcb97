// The form of target.jsonl, for a folder that somebody else may have written or damaged. Opens no files.
import type { Form } from './form.ts'
import { amountAboveZero, finite, named, objectWith, oneOf, orNull, text } from './form.ts'
import type { TargetHead, TargetSample, TargetSilence } from './target-series.ts'

const targetUnits = oneOf({ ratio: true, perSec: true, bytes: true, bytesPerSec: true, seconds: true, number: true } satisfies Record<
  TargetHead['unit'],
  true
>)

const headForm = objectWith<TargetHead>({
  kind: oneOf({ series: true } satisfies Record<TargetHead['kind'], true>),
  page: text,
  name: text,
  rule: text,
  unit: targetUnits,
  ceiling: orNull(amountAboveZero),
})

const sampleForm = objectWith<TargetSample>({
  kind: oneOf({ sample: true } satisfies Record<TargetSample['kind'], true>),
  atMs: finite,
  page: text,
  values: named(finite),
})

const silenceForm = objectWith<TargetSilence>({
  kind: oneOf({ silence: true } satisfies Record<TargetSilence['kind'], true>),
  atMs: finite,
  page: text,
  because: text,
})

/** A line of target.jsonl. */
export const targetForm: Form = (value, path = '') => {
  const isKnown = [headForm, sampleForm, silenceForm].some((form) => form(value, path) === null)
  return isKnown ? null : sampleForm(value, path)
}
