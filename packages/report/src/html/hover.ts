// Values under the pointer: the page's one script, optional, and the text that it reads. Knows nothing of what the values mean.
// The script is a constant; the page's policy lets it run by its hash and lets nothing else run. It reads attributes and writes text nodes:
// nothing from outside is ever evaluated or taken for markup, and it has no `<` that a reader could take for a tag. Without it the same values stand in the tables.
import { plainLine } from '../escape.ts'
import type { Markup } from './markup.ts'
import { html, trusted } from './markup.ts'

/** `share` of the way from the left of the drawing to its right (or from its top to its foot), 0 to 1; its cells in the order of the titles. */
export type HoverRow = { readonly share: number; readonly cells: readonly string[] }

/** For `data-hover`: lines of fields, tabs between them; first the titles, then a line for each place, its thousandth first. */
export function hoverText(titles: readonly string[], rows: readonly HoverRow[]): string {
  const line = (fields: readonly string[]): string => fields.map(plainLine).join('\t')
  return [line(['', ...titles]), ...rows.map(({ share, cells }) => line([String(Math.round(share * 1e3)), ...cells]))].join('\n')
}

const script = `for(const plot of document.querySelectorAll("[data-hover]")){
const [titles,...rows]=plot.dataset.hover.split("\\n").map(line=>line.split("\\t"));
const make=(name,text)=>{const element=document.createElement(name);element.textContent=text;return element};
const tip=make("div",""),guide=make("div",""),isDown=plot.dataset.along==="y";
tip.className="tip";guide.className=isDown?"guide down":"guide";tip.ariaHidden="true";
const hide=()=>{tip.remove();guide.remove()};
const show=event=>{
const svg=event.target.closest("svg");
if(!svg)return hide();
const [left,right,top,bottom,width]=svg.dataset.plot.split(" ").map(Number);
const box=svg.getBoundingClientRect(),frame=plot.getBoundingClientRect(),scale=box.width/width;
const x0=box.left-frame.left+left*scale,y0=box.top-frame.top+top*scale,across=(right-left)*scale,down=(bottom-top)*scale;
const [pointerX,pointerY]=[event.clientX-frame.left,event.clientY-frame.top];
const thousandth=(isDown?(pointerY-y0)/down:(pointerX-x0)/across)*1000;
let nearest=rows[0];
for(const row of rows)if(Math.abs(nearest[0]-thousandth)>Math.abs(row[0]-thousandth))nearest=row;
if(!nearest)return hide();
tip.replaceChildren(...titles.slice(1).flatMap((title,i)=>[make("span",title),make("b",nearest[i+1])]));
const x=isDown?pointerX:x0+across*nearest[0]/1000,y=isDown?y0+down*nearest[0]/1000:y0;
guide.style.left=(isDown?x0:x)+"px";guide.style.top=y+"px";guide.style[isDown?"width":"height"]=(isDown?across:down)+"px";
plot.append(guide,tip);
tip.style.top=(isDown?y+12:500>frame.width?box.bottom-frame.top:y)+"px";
tip.style.left=Math.max(0,x+12+tip.offsetWidth>frame.width?x-12-tip.offsetWidth:x+12)+"px"};
plot.addEventListener("pointermove",show);plot.addEventListener("pointerdown",show);plot.addEventListener("pointerleave",hide);
addEventListener("keydown",event=>event.key==="Escape"&&hide())}`

/** For the page's policy, `script-src`. A test holds it to the script. */
export const hoverHash = 'sha256-0cnrzWGNeFMYJVtFdeGyBHxrSuDjZB6ptd9DAQQ8mUU='

/** At the end of the body: it looks for what stands before it. */
export function hoverScript(): Markup {
  return html`<script>${trusted(script)}</script>`
}
