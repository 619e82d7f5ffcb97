// How the small pictures of the target's figures look. Colours are the page's variables, so that the dark needs no rules of its own.

export const targetStyle = `
.scroll+.keys,.note+.keys{margin-top:18px}
.series{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,230px),1fr));gap:18px 24px;margin-top:20px}
.series figure{margin:0;break-inside:avoid}
.series figcaption{font-size:.88rem;line-height:1.35;overflow-wrap:anywhere}
.series figcaption small{display:block}
.series svg{border-bottom:1px solid var(--rule)}
.series path{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.series .line{stroke:var(--ok)}
.series .all{stroke:var(--quiet);stroke-dasharray:2 4;stroke-width:1}
.series .end{stroke:var(--limit);stroke-dasharray:5 3}
.series rect{fill:var(--band);opacity:.09}
`
