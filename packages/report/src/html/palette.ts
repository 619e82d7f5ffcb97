// The colours of the page, once for light paper and once for dark. Knows nothing of what is drawn with them.
// Charts carry the light ones as attributes; in the dark the style sheet swaps them by attribute, so no two light colours may be equal.
// Inks that meet in one picture differ in lightness as well as in hue, so that they are told apart with every kind of colour blindness; lines
// keep a contrast of 3:1 against the paper and text 4.5:1. Tests hold both, in both modes.

export type Ink = { readonly light: string; readonly dark: string }

export const palette = {
  paper: { light: '#ffffff', dark: '#14171c' },
  panel: { light: '#f6f7f9', dark: '#1c2027' },
  text: { light: '#1c2128', dark: '#e4e7ec' },
  quiet: { light: '#5a6472', dark: '#a2acba' },
  rule: { light: '#dce0e6', dark: '#333a45' },
  /** Laid over the grid at a tenth of its strength. */
  band: { light: '#5a6471', dark: '#a2acb9' },
  sent: { light: '#2a3039', dark: '#f1f3f6' },
  ok: { light: '#1f6fb2', dark: '#62aef0' },
  degraded: { light: '#946600', dark: '#e0b13c' },
  failed: { light: '#c4460a', dark: '#ff8a4c' },
  p99: { light: '#0b2f55', dark: '#e2efff' },
  /** Areas, which need only be told from their neighbours: an edge in a line's colour tells them from the paper. */
  okFill: { light: '#9fc6e9', dark: '#2f5f8f' },
  dropped: { light: '#454c57', dark: '#c3cad4' },
  degradedFill: { light: '#edc04a', dark: '#f2d675' },
  failedFill: { light: '#bb3f05', dark: '#df6526' },
  turnedAway: { light: '#8458a5', dark: '#c79be0' },
  turnedAwayFill: { light: '#cdb0e0', dark: '#55386b' },
  max: { light: '#77818f', dark: '#8e99a8' },
  bandMax: { light: '#dbe8f5', dark: '#22344a' },
  bandP99: { light: '#a6cbec', dark: '#2a5078' },
  bandP95: { light: '#4b8dc9', dark: '#4a8ccd' },
  bandP50: { light: '#154b80', dark: '#b5d6f8' },
  /** From one answer to most, rising in lightness alone. */
  heat1: { light: '#d9e8f6', dark: '#1d2f42' },
  heat2: { light: '#aecfec', dark: '#274d73' },
  heat3: { light: '#7bb0dd', dark: '#3a74a8' },
  heat4: { light: '#4388c6', dark: '#5c9cd6' },
  heat5: { light: '#1c62a3', dark: '#98c7f2' },
  heat6: { light: '#0a3766', dark: '#d3e8fd' },
  /** Okabe and Ito's blue, vermilion, green and purple, each darkened for paper; a fifth line takes the first again, dashed. */
  curve1: { light: '#0069a8', dark: '#62b8f0' },
  curve2: { light: '#d55e00', dark: '#e8701a' },
  curve3: { light: '#00573f', dark: '#63e6b5' },
  curve4: { light: '#c0609c', dark: '#c77bab' },
  limit: { light: '#b5420b', dark: '#ff965e' },
  lateness: { light: '#1f6fb3', dark: '#62aef1' },
  go: { light: '#0b6e4f', dark: '#4cc79c' },
  noGo: { light: '#b23a09', dark: '#ff8f57' },
  inconclusive: { light: '#7d5a00', dark: '#e3b747' },
  invalid: { light: '#5b4a94', dark: '#b7a6f5' },
} as const satisfies Readonly<Record<string, Ink>>

export type InkName = keyof typeof palette
