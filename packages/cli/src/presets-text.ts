// The presets as `shape --presets` prints them: what is reported, what is ours, how the people behaved, and what is in neither. Text only.
import type { EventBehaviour, Grounds, PresetEntry } from '@doorbuster/plan'
import { presetList } from '@doorbuster/plan'
import { saySpan } from '@doorbuster/report'

export function presetsText(isJson: boolean): string {
  const presets = presetList()
  if (isJson) return `${JSON.stringify(presets, null, 2)}\n`
  const [{ name } = { name: '' }] = presets
  return `${presets.map(presetText).join('\n\n')}\n\nThe traffic alone: doorbuster shape "preset ${name} at 300/s"
With its people, in a plan: ...reenact('${name}', { peak: '300/s', shoppers })\n`
}

function presetText(preset: PresetEntry): string {
  const { name, event, peakTimesForecast, lastingMs, facts, inferences, notes, lacks = {}, behaviour, sources } = preset
  const listed = (title: string, items: readonly string[]): readonly string[] => items.map((item) => `  ${title.padEnd(9)} ${item}`)
  return [
    `${name}: ${event}`,
    `  shape     reaches ${peakTimesForecast} × the forecast peak, lasts ${saySpan(lastingMs)}`,
    ...listed('fact', facts),
    ...listed('inferred', inferences),
    ...listed('people', peopleOf(behaviour)),
    ...listed(
      'lacks',
      Object.entries(lacks).map(([phase, why]) => `${phase}: ${why}`),
    ),
    ...listed('not in it', notes),
    ...listed('source', sources),
  ].join('\n')
}

function peopleOf({ watchers, mobile, reloads, retries, hostile, waitingRoom }: EventBehaviour): readonly string[] {
  return [
    ...(watchers ? [told(`${percent(watchers.share)} of the countdown refresh every ${watchers.refreshEvery}`, watchers)] : []),
    ...(mobile ? [told(`${percent(mobile.share)} come by phone`, mobile)] : []),
    ...(reloads ? [told(`who gives up reloads in ${percent(reloads.chance)} of cases, at most ${reloads.most} times`, reloads)] : []),
    ...(retries ? [told(`clients retry ${retries.most} times, jitter ${retries.jitter}`, retries)] : []),
    ...(hostile ? [told(`${hostile.timesLegitimate} × as many bots, as with hostile.${hostile.angle}`, hostile)] : []),
    ...(waitingRoom ? [told('a waiting room', waitingRoom)] : []),
  ]
}

function told(what: string, { basis, why }: Grounds): string {
  return `${what} (${basis === 'fact' ? 'fact' : 'inferred'}). ${why}`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}
