// The page's style sheet: light and dark, wide and narrow, screen and paper. Knows nothing of what the page says; holds no text from outside.
import { chartStyle } from './chart-style.ts'
import type { Markup } from './markup.ts'
import { trusted } from './markup.ts'
import { pageStyle } from './page-style.ts'
import type { Ink } from './palette.ts'
import { palette } from './palette.ts'
import { percentilesStyle } from './percentiles-style.ts'
import { signatureStyle } from './signature-style.ts'
import { targetStyle } from './target-style.ts'

const inks: readonly (readonly [string, Ink])[] = Object.entries(palette)

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function variables(mode: keyof Ink): string {
  return inks.map(([name, ink]) => `--${kebab(name)}:${ink[mode]}`).join(';')
}

/** A chart's colours are attributes, so that the picture survives being cut out of the page; in the dark these rules outrank them. */
function darkCharts(): string {
  return inks
    .map(([name, ink]) => `svg [stroke="${ink.light}"]{stroke:var(--${kebab(name)})}svg [fill="${ink.light}"]{fill:var(--${kebab(name)})}`)
    .join('\n')
}

const sheet = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1040px;margin:0 auto;padding:40px 30px 72px}
p,ul,ol,dl,dd,figure,h1,h2,h3,h4,h5{margin:0;padding:0}
small,.note,.none,dt,.kicker,.at{color:var(--quiet)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
li,td,th,dd,h5,code,pre,.headline,.kicker{unicode-bidi:isolate;overflow-wrap:anywhere}
h2{font-size:1.3rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 14px}
h3{font-size:1rem;font-weight:650;margin:26px 0 6px}
section{margin-top:52px}
.verdict{border-left:6px solid var(--tone);padding:2px 0 2px 24px}
.verdict.go{--tone:var(--go)}.verdict.no-go{--tone:var(--no-go)}.verdict.inconclusive{--tone:var(--inconclusive)}.verdict.invalid{--tone:var(--invalid)}
.kicker{font-size:.95rem}
h1{font-size:clamp(1.9rem,8.5vw,4.2rem);line-height:1.1;font-weight:750;letter-spacing:-.03em;color:var(--tone);margin:4px 0 8px}
h1 .sign{font-weight:600}
.headline{font-size:clamp(1.15rem,3.2vw,1.5rem);line-height:1.35;font-weight:550;max-width:36em}
.reasons{margin-top:14px;padding-left:1.1em;max-width:46em}
.reasons li{margin:5px 0}
.reasons li::marker{color:var(--quiet)}
.numbers{display:grid;grid-template-columns:repeat(6,1fr);gap:1px;background:var(--rule);border:1px solid var(--rule);border-radius:8px;overflow:hidden;margin-top:36px}
.numbers>div{background:var(--panel);padding:14px 16px}
.numbers dt{font-size:.85rem}
.numbers b{display:block;font-size:1.5rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
.numbers small{display:block;font-size:.8rem;line-height:1.35}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
th,td{text-align:left;vertical-align:top;padding:8px 18px 8px 0;border-bottom:1px solid var(--rule);font-weight:400;overflow-wrap:normal}
td:last-child,th:last-child{padding-right:0}
thead th{color:var(--quiet);font-size:.82rem;border-bottom-color:var(--quiet);white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:550;min-width:8em;overflow-wrap:anywhere}
.scroll th,.scroll td{padding-right:14px}
.right+.words{padding-left:10px}
td.words{min-width:7.5em}
.right{text-align:right;white-space:nowrap}
.interval{display:block}
.scroll{overflow-x:auto}
.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--ok);outline-offset:3px}
.cards th small{display:block;font-weight:400;margin-top:3px;font-size:.94em;max-width:38em}
.cards td{white-space:nowrap}
.cards tbody th{max-width:none;min-width:15em}
.stand{font-weight:650}
.stand.met{color:var(--go)}.stand.missed{color:var(--no-go)}.stand.warning{color:var(--inconclusive)}.stand.no-data{color:var(--quiet)}
.doubted .stand,.doubted b{color:var(--quiet)}
.caution{margin:0 0 12px;color:var(--invalid);font-weight:550}
.note,.none{font-size:.88rem;margin-top:10px;max-width:52em}
figure{margin-top:8px}
.reasons+figure,figure+figure,.facts+figure,figure+.scroll,figure+.facts,.scroll+figure,.note+figure{margin-top:34px}
figcaption strong{font-weight:600}
svg{display:block;width:100%;height:auto;margin-top:6px}
svg.narrow{display:none}
.keys{list-style:none;display:flex;flex-wrap:wrap;gap:2px 20px;margin-top:4px;font-size:.88rem}
.keys li{color:var(--text)}
.keys li::before{content:"";display:inline-block;width:24px;margin-right:8px;vertical-align:middle;border-top:3px solid var(--tone)}
.keys .key-limit::before{border-top:2px dashed var(--tone)}
details{margin-top:8px;font-size:.88rem}
summary{cursor:pointer;color:var(--quiet);width:fit-content}
details .scroll{max-height:24em;overflow:auto;margin-top:8px}
details tbody th{font-weight:400;min-width:4.5em}
.facts{display:grid;gap:0}
.facts>div{display:grid;grid-template-columns:11em 1fr;gap:0 16px;padding:7px 0;border-bottom:1px solid var(--rule);font-size:.92rem}
.sample{margin-top:12px;padding:10px 14px;background:var(--panel);border-radius:6px}
.sample h5{font-size:.88rem;font-weight:550}
pre{margin:6px 0 0;white-space:pre-wrap;max-height:14em;overflow:auto}
.events{list-style:none;font-size:.92rem}
.events li{padding:4px 0}
.events .at{display:inline-block;min-width:4em}
.events b{font-weight:550}
footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--rule);font-size:.85rem;color:var(--quiet)}
@media (max-width:920px){
.numbers{grid-template-columns:repeat(3,1fr)}
}
@media (max-width:640px){
main{padding:24px 16px 48px}
.verdict{padding-left:14px;border-left-width:5px}
section{margin-top:40px}
.numbers{grid-template-columns:1fr 1fr}
.numbers>div{padding:11px 12px}
.numbers b{font-size:1.25rem}
svg.wide{display:none}
svg.narrow{display:block}
.facts>div{grid-template-columns:1fr}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards,.cards tbody,.cards tr,.cards td,.cards th{display:block;width:auto}
.cards tr{padding:12px 0;border-bottom:1px solid var(--rule)}
.cards td,.cards tbody th{border:0;padding:1px 0;min-width:0;white-space:normal}
.cards tbody th{padding:4px 0 6px}
.cards td[data-title]{display:flex;justify-content:space-between;gap:16px}
.cards td.blank{display:none}
.cards td[data-title]::before{content:attr(data-title);color:var(--quiet)}
}
@page{margin:16mm 14mm}
@media print{
body{font-size:10.5pt}
main{max-width:none;padding:0}
section{margin-top:26pt}
details{display:none}
.scroll{overflow:visible}
.numbers{grid-template-columns:repeat(3,1fr)}
.scroll table,.scroll thead th{font-size:7.5pt}
.scroll .cards,.scroll .cards thead th{font-size:8.5pt}
.cards tbody th{min-width:0}
.scroll th,.scroll td{padding-right:7pt}
figure,tr,.sample,.numbers,.verdict{break-inside:avoid}
h2,h3,h4,thead{break-after:avoid}
pre{max-height:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`

export function styleSheet(): Markup {
  return trusted(`:root{color-scheme:light dark;${variables('light')}}
@media screen and (prefers-color-scheme:dark){
:root{${variables('dark')}}
${darkCharts()}
}${sheet}${chartStyle()}${signatureStyle}${percentilesStyle}${targetStyle}${pageStyle}`)
}
