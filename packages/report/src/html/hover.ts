// Values under the pointer: the page's one script, optional, and the text that it reads. Knows nothing of what the values mean.
// The script is a constant; the page's policy lets it run by its hash and lets nothing else run. It reads attributes and writes text nodes:
// nothing from outside is ever evaluated or taken for markup, and it has no `<` that a reader could take for a tag. Without it the same values stand in the tables.
import { plainLine } from '../escape.ts'
import type { Markup } from './markup.ts'
import { html, trusted } from './markup.ts'

/** `share` of the way from the left of the drawing to its right, 0 to 1; its cells in the order of the titles. */
export type HoverRow = { readonly share: number; readonly cells: readonly string[] }

/** For `data-hover`: lines of fields, tabs between them; first the titles, then a line for each place, its thousandth first. */
export function hoverText(titles: readonly string[], rows: readonly HoverRow[]): string {
  const line = (fields: readonly string[]): string => fields.map(plainLine).join('\t')
  return [line(['', ...titles]), ...rows.map(({ share, cells }) => line([String(Math.round(share * 1e3)), ...cells]))].join('\n')
}

const script = `for(const plot of document.querySelectorAll("[data-hover]")){
const [titles,...rows]=plot.dataset.hover.split("\\n").map(line=>line.split("\\t"));
const make=(name,text)=>{const element=document.createElement(name);element.textContent=text;return element};
const tip=make("div",""),guide=make("div","");
tip.className="tip";guide.className="guide";tip.ariaHidden="true";
const hide=()=>{tip.remove();guide.remove()};
const show=event=>{
const svg=event.target.closest("svg");
if(!svg)return hide();
const [left,right,top,bottom,width]=svg.dataset.plot.split(" ").map(Number);
const box=svg.getBoundingClientRect(),frame=plot.getBoundingClientRect(),scale=box.width/width;
const thousandth=((event.clientX-box.left)/scale-left)/(right-left)*1000;
let nearest=rows[0];
for(const row of rows)if(Math.abs(nearest[0]-thousandth)>Math.abs(row[0]-thousandth))nearest=row;
if(!nearest)return hide();
tip.replaceChildren(...titles.slice(1).flatMap((title,i)=>[make("span",title),make("b",nearest[i+1])]));
const x=box.left-frame.left+(left+(right-left)*nearest[0]/1000)*scale;
guide.style.left=x+"px";guide.style.top=box.top-frame.top+top*scale+"px";guide.style.height=(bottom-top)*scale+"px";
plot.append(guide,tip);
tip.style.top=(500>frame.width?box.bottom-frame.top:box.top-frame.top+top*scale)+"px";
tip.style.left=Math.max(0,x+12+tip.offsetWidth>frame.width?x-12-tip.offsetWidth:x+12)+"px"};
plot.addEventListener("pointermove",show);plot.addEventListener("pointerdown",show);plot.addEventListener("pointerleave",hide);
addEventListener("keydown",event=>event.key==="Escape"&&hide())}`

/** For the page's policy, `script-src`. A test holds it to the script. */
export const hoverHash = 'sha256-j9AYEqIlpxjrq+RQ6xVYxwy7m1ZjGxkBmqKsHwWkobI='

/** At the end of the body: it looks for what stands before it. */
export function hoverScript(): Markup {
  return html`<script>${trusted(script)}</script>`
}
