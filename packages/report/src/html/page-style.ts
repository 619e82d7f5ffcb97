// How the page's four parts look: the answer with its lights, what to do, the contents; and which of them go to paper. Knows nothing of what they say.
import { picturesOnPaper } from './paper.ts'

export const pageStyle = `
.paper{display:none}
.verdict .headline{margin-top:2px}
.further{font-size:1.1rem;max-width:44em;margin-top:8px}
.lights{list-style:none;display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-top:28px}
.light{background:var(--panel);border-top:4px solid var(--tone);border-radius:3px 3px 8px 8px;padding:12px 14px 13px;--tone:var(--quiet)}
.light.go{--tone:var(--go)}.light.no-go{--tone:var(--no-go)}.light.inconclusive{--tone:var(--inconclusive)}.light.invalid{--tone:var(--invalid)}
.light b,.light small{display:block}
.light b{font-weight:600}
.light .stands{font-weight:650;color:var(--tone)}
.light.not-rehearsed .stands{color:var(--quiet)}
.light.not-rehearsed{border-top-style:dashed}
.light small{font-size:.84rem;line-height:1.45;margin-top:5px}
.light .because{color:var(--text)}
p.signed{margin-top:18px;padding-left:0;font-size:.92rem;color:var(--quiet);max-width:none}
p.signed b{color:var(--text);font-weight:600}
div.signed{padding-left:0}
.contents{margin-top:32px;padding:10px 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);font-size:.92rem}
.contents ol{list-style:none;display:flex;flex-wrap:wrap;gap:4px 28px}
.contents a{display:inline-block;padding:3px 0;color:var(--text);text-underline-offset:.22em;text-decoration-color:var(--quiet)}
.contents a:focus-visible{outline:2px solid var(--ok);outline-offset:3px}
.part{margin-top:64px}
.part>h2{font-size:1.75rem;letter-spacing:-.02em;padding-bottom:8px;border-bottom:2px solid var(--text);margin-bottom:20px}
.part section{margin-top:40px}
.part section>h3{font-size:1.15rem;margin:0 0 12px}
.part h4{font-size:1rem;font-weight:650;margin:22px 0 6px}
.lead{max-width:46em;font-size:1.05rem}
.lead+.actions{margin-top:20px}
.actions{list-style:none;counter-reset:action}
.actions>li{counter-increment:action;position:relative;padding:0 0 26px 48px}
.actions>li::before{content:counter(action);position:absolute;left:0;top:1px;width:30px;height:30px;line-height:29px;border:1.5px solid var(--quiet);border-radius:50%;text-align:center;font-weight:600;font-size:.92rem}
.actions .stake{font-size:.86rem;color:var(--quiet)}
.actions h3{font-size:1.1rem;line-height:1.4;margin:0;max-width:44em;overflow-wrap:anywhere;unicode-bidi:isolate}
.advice{margin-top:4px;max-width:46em}
.evidence{display:flex;flex-wrap:wrap;gap:2px 24px;margin-top:8px;font-size:.9rem}
.evidence div{display:flex;gap:7px}
.evidence dd{font-weight:550}
.command{margin-top:8px;padding:8px 12px;background:var(--panel);border-radius:6px;font-size:.92rem;max-height:none;user-select:all}
.again{max-width:46em}
@media (max-width:920px){.lights{grid-template-columns:1fr 1fr}}
@media (max-width:640px){
.lights{grid-template-columns:1fr;gap:8px}
.light{border-top:0;border-left:4px solid var(--tone);border-radius:3px 8px 8px 3px;display:grid;grid-template-columns:1fr auto;padding:9px 12px 10px}
.light.not-rehearsed{border-left-style:dashed}
.light small{grid-column:1/-1;margin-top:2px}
.contents ol{display:block}
.part{margin-top:48px}
.actions>li{padding-left:0;padding-top:2px}
.actions>li::before{position:static;display:inline-block;margin-right:10px;width:26px;height:26px;line-height:25px}
.actions .stake{display:inline}
}
@media print{
.contents,.engineers,.happened>section:not(.pictures),.pictures figure:nth-of-type(n+${picturesOnPaper + 1}),.again,.again+.command,footer,.screen{display:none}
.paper{display:block;font-size:8pt;margin-top:2pt}
.kicker{font-size:9pt}
h1{font-size:30pt;margin:0 0 3pt}
.headline{font-size:14pt}
.further{font-size:10.5pt;margin-top:3pt}
.lights{grid-template-columns:repeat(4,1fr);gap:6pt;margin-top:10pt}
.light{padding:5pt 7pt}
.light small{font-size:7.5pt;line-height:1.35;margin-top:2pt}
p.signed,.signed{font-size:8.5pt;margin-top:8pt;max-width:none}
.part{margin-top:16pt}
.part>h2{font-size:14pt;margin-bottom:7pt;padding-bottom:2pt}
.part section{margin-top:10pt}
.part section>h3{font-size:10.5pt;margin-bottom:3pt}
.actions>li{padding-bottom:7pt;break-inside:avoid}
.actions .stake{font-size:8pt}
.actions h3{font-size:10pt;line-height:1.3}
.advice,.evidence,.reasons,.lead{font-size:8.5pt;line-height:1.4;max-width:none}
.advice,.evidence{margin-top:2pt}
.command{font-size:7.5pt;padding:2pt 6pt;margin-top:2pt}
.reasons{margin-top:3pt}
.reasons li{margin:1pt 0}
.happened{break-before:page}
.numbers,.verdict .numbers{grid-template-columns:repeat(6,1fr);margin-top:0}
.numbers>div{padding:4pt 6pt}
.numbers b{font-size:11.5pt}
.numbers dt,.numbers small{font-size:7.5pt}
.pictures figure{margin-top:9pt}
.pictures .keys,.pictures .note,.pictures .none{font-size:8pt;margin-top:2pt}
.pictures svg{max-height:136pt;margin-top:2pt}
}
`
