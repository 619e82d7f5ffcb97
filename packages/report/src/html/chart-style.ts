// What pictures need of the style sheet: keys in the colours of their lines, the narrow drawing on small screens, values under the pointer.
// Knows nothing of what is drawn; holds no text from outside.
import { palette } from './palette.ts'

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Every ink may stand in a key. */
function keyTones(): string {
  return Object.keys(palette)
    .map((name) => `.keys .key-${name}{--tone:var(--${kebab(name)})}`)
    .join('')
}

export function chartStyle(): string {
  return `${keyTones()}
.plot{position:relative}
.plot svg{overflow:visible;touch-action:pan-y}
.keys .area::before{width:14px;height:14px;border:0;border-radius:3px;background:var(--tone)}
.keys .key-okFill::before{box-shadow:inset 0 0 0 1px var(--ok)}.keys .key-degradedFill::before{box-shadow:inset 0 0 0 1px var(--degraded)}
.keys .key-turnedAwayFill::before{box-shadow:inset 0 0 0 1px var(--turned-away)}.keys .key-bandMax::before{box-shadow:inset 0 0 0 1px var(--max)}.keys .key-bandP99::before{box-shadow:inset 0 0 0 1px var(--p99)}
.keys .dashed::before{border-top-style:dashed;border-color:var(--tone)}
.keys .dot::before,.keys .ring::before{width:11px;height:11px;border:0;border-radius:50%;background:var(--tone)}
.keys .ring::before{border:2px solid var(--tone);background:none}
.data td,.data thead th:not(:first-child){text-align:right;white-space:nowrap}
.tip{position:absolute;pointer-events:none;display:grid;grid-template-columns:auto auto;gap:1px 14px;padding:8px 11px;background:var(--panel);border:1px solid var(--quiet);border-radius:6px;font-size:.82rem;line-height:1.4;box-shadow:0 2px 8px #0003;max-width:min(320px,100%);z-index:1}
.tip span{color:var(--quiet);overflow-wrap:anywhere}
.tip b{font-weight:600;text-align:right;white-space:nowrap}
.guide{position:absolute;pointer-events:none;width:0;border-left:1px solid var(--quiet)}
.guide.down{border-left:0;border-top:1px solid var(--quiet)}
@media screen and (max-width:760px){svg.wide{display:none}svg.narrow{display:block}}
`
}
