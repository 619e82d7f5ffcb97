// What the live page has beside the report's own style. Holds no text from outside.
export const liveStyle = `
.live{display:grid;grid-template-columns:1fr auto;gap:0 24px;align-items:center}
.live .kicker{grid-column:1/-1}
.live h1{color:var(--text);font-size:clamp(1.5rem,5vw,2.4rem)}
#stop{font:inherit;font-weight:600;padding:10px 18px;border:1px solid var(--no-go);border-radius:6px;background:var(--panel);color:var(--no-go);cursor:pointer}
#stop:disabled{opacity:.6;cursor:default}
#stop:focus-visible{outline:2px solid var(--ok);outline-offset:3px}
.phases{height:12px;margin-top:20px;border-radius:6px}
.phases .whole{fill:var(--rule)}.phases .done{fill:var(--ok)}.phases .edge{fill:var(--paper)}
.phase-names{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:.88rem;color:var(--quiet)}
.phase-names b{color:var(--text)}
#now .numbers{margin-top:18px}
#breaches,#charts{margin-top:26px}
.broken{border-left:5px solid var(--no-go);padding-left:16px}
.broken section{margin:0}
.broken h2{color:var(--no-go)}
main ul{padding-left:1.1em}
.keys{padding-left:0!important}
`
