import fc from 'fast-check'
import { expect, test } from 'vitest'
import { launch } from '../src/launch.ts'
import { totalMs } from '../src/overlay.ts'
import { preset, presetList } from '../src/presets.ts'
import type { Stage } from '../src/stages.ts'
import { problemsOf } from './problems-of.ts'

const names = presetList().map(({ name }) => name)
const anyName = fc.constantFrom(...names)

/** Highest rate inside a stage; the stages of presets are highest at an end, and their overlays where the herd comes. */
function highestPerSec(stage: Stage): number {
  switch (stage.kind) {
    case 'hold':
      return stage.ratePerSec
    case 'ramp':
    case 'decay':
      return Math.max(stage.fromPerSec, stage.toPerSec)
    case 'burst':
      return (stage.arrivals * 1000) / stage.lastingMs
    case 'silence':
      return 0
    case 'overlay':
      return stage.shapes.reduce((sum, shape) => sum + Math.max(...shape.map(highestPerSec)), 0)
    default:
      throw new Error(`no preset has a ${stage.kind}`)
  }
}

test('there are fifteen presets, each with a source, an event and its inferences', () => {
  expect(new Set(names).size).toBe(15)
  for (const { sources, event, facts, inferences } of presetList()) {
    expect(sources.every((source) => /^https?:\/\/\S+$/.test(source)) && sources.length > 0).toBe(true)
    expect([event, ...facts, ...inferences].every((sentence) => sentence.endsWith('.'))).toBe(true)
    expect(facts.length > 0 && inferences.length > 0).toBe(true)
  }
})

test('Click Frenzy at 300/s forecast reaches 600/s', () => {
  const stages = preset('click-frenzy-2012', { peak: '300/s' })
  expect(stages.map(({ phase, lastingMs }) => `${phase} ${lastingMs / 1000}`)).toEqual([
    'baseline 60',
    'countdown 5',
    'doors 120',
    'decay 300',
    'decay 15',
    'aftershock 180',
  ])
  expect(stages[2]).toMatchObject({ kind: 'hold', ratePerSec: 600 })
})

test('every preset reaches the multiple of the forecast that it lists, whatever the peak', () => {
  fc.assert(
    fc.property(anyName, fc.double({ min: 0.01, max: 1e6, noNaN: true }), (name, peak) => {
      const { peakTimesForecast = 0, lastingMs = 0 } = presetList().find((each) => each.name === name) ?? {}
      const stages = preset(name, { peak })
      expect(Math.max(...stages.map(highestPerSec)) / peak).toBeCloseTo(peakTimesForecast, 9)
      expect(totalMs(stages)).toBeCloseTo(lastingMs, 6)
    }),
  )
})

test('every preset begins with a minute of baseline and ends with an aftershock at the same rate', () => {
  for (const name of names) {
    const stages = preset(name, { peak: 100 })
    expect(stages[0]).toMatchObject({ phase: 'baseline', lastingMs: 60_000 })
    expect(stages.at(-1)).toMatchObject({ phase: 'aftershock', ratePerSec: Object(stages[0]).ratePerSec })
  }
})

test('every preset has a baseline, countdown, doors, decay and aftershock, or says why not', () => {
  for (const { name, lacks = {} } of presetList()) {
    const phases = preset(name, { peak: 100 }).map(({ phase }) => phase ?? '')
    const missing = ['baseline', 'countdown', 'doors', 'decay', 'aftershock'].filter((phase) => !phases.includes(phase))
    expect(Object.keys(lacks), name).toEqual(missing)
    expect(Object.values(lacks).every((why) => why.endsWith('.'))).toBe(true)
  }
  expect(
    presetList()
      .filter(({ lacks }) => lacks !== undefined)
      .map(({ name }) => name),
  ).toEqual(['av-storm', 'reconnect-herd'])
})

test('the herds of the antivirus storm have the phases that a herd penalty compares', () => {
  const { objectives } = launch({
    name: 'storm',
    target: 'http://127.0.0.1:4000',
    traffic: preset('av-storm', { peak: 100 }),
    objectives: ['herd-penalty <= 2'],
  })
  expect(objectives).toHaveLength(1)
})

test('a rate goes on where the stage before left it', () => {
  for (const name of names) {
    const stages = preset(name, { peak: 100 })
    for (const [index, stage] of stages.slice(1).entries()) {
      if (stage.kind === 'ramp' || stage.kind === 'decay') expect(stage.fromPerSec, name).toBe(rateAfter(stages[index]))
    }
  }
})

function rateAfter(stage: Stage | undefined): number {
  if (stage?.kind === 'hold') return stage.ratePerSec
  return stage?.kind === 'ramp' || stage?.kind === 'decay' ? stage.toPerSec : Number.NaN
}

test('a power-law tail continues its plateau: the fall has the plateau’s length as its τ', () => {
  // (1 + t/τ)^−p ends at to/from after t, so τ = t / ((from/to)^(1/p) − 1).
  const tau = (stage: Stage | undefined) => {
    if (stage?.kind !== 'decay' || stage.law.kind !== 'power') throw new Error('no power-law decay')
    return stage.lastingMs / ((stage.fromPerSec / stage.toPerSec) ** (1 / stage.law.power) - 1)
  }
  expect(tau(preset('click-frenzy-2012', { peak: 1 })[3]) / 120_000).toBeCloseTo(1, 2)
  expect(tau(preset('midnight-sale', { peak: 1 })[3]) / 100_000).toBeCloseTo(1, 2)
  expect(tau(preset('midnight-sale', { peak: 1 })[4]) / 1_800_000).toBeCloseTo(1, 2)
})

test('a preset pressed into less time keeps its rates and shrinks its lengths alike', () => {
  fc.assert(
    fc.property(anyName, fc.integer({ min: 1000, max: 100_000 }), (name, within) => {
      const [whole, pressed] = [preset(name, { peak: 100 }), preset(name, { peak: 100, within })]
      const factor = within / totalMs(whole)
      expect(totalMs(pressed)).toBeCloseTo(within, 6)
      for (const [index, stage] of pressed.entries()) {
        expect(stage.lastingMs / (whole[index]?.lastingMs ?? 0)).toBeCloseTo(factor, 12)
        expect(highestPerSec(stage)).toBeCloseTo(highestPerSec(whole[index] ?? stage), 6)
      }
    }),
  )
})

test('a preset that is short enough is not stretched', () => {
  expect(preset('av-storm', { peak: 5, within: '24h' })).toEqual(preset('av-storm', { peak: 5 }))
})

test('an unknown name lists its nearest, and the other mistakes are told with it', () => {
  expect(problemsOf(() => preset('click frenzy', { peak: '0/s', within: '0s' }))).toEqual([
    'name: a preset, such as "click-frenzy-2012" or "click-frenzy-as-planned" (did you mean "click-frenzy-2012"?) | "click frenzy"',
    'peak: a rate above zero | "0/s"',
    'within: a duration above zero | "0s"',
  ])
  for (const name of names) expect(problemsOf(() => preset('?', { peak: 1 }))[0]).toContain(`"${name}"`)
})
