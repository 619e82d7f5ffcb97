import { createHash } from 'node:crypto'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { renderedHtml } from '../../../../test/support/chromium.ts'
import { sampleCapacity } from '../../../../test/support/sample-capacity.ts'
import { hoverHash, hoverScript, hoverText } from '../../src/html/hover.ts'
import { textOf } from '../../src/html/markup.ts'
import { renderHtml } from '../../src/html.ts'
import { exhibitsOf } from '../support/figures.ts'
import { sampleComparison } from '../support/sample-comparison.ts'
import { sampleReport } from '../support/sample-report.ts'

const script = textOf(hoverScript()).replace(/^<script>|<\/script>$/g, '')
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

test('the policy’s hash is that of the script, which has no sign that opens a tag', () => {
  expect(hoverHash).toBe(hashOf(script))
  expect(script).not.toContain('<')
})

test('the page’s policy lets this script run and no other', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(renderHtml(sampleReport()))?.[1] ?? ''
  expect(policy.split('; ').filter((rule) => /script|default/.test(rule))).toEqual(["default-src 'none'", `script-src '${hoverHash}'`])
})

test('a name with tabs and line breaks stays one field', () => {
  const text = hoverText(['from', 'a\tb\nc'], [{ share: 0.5, cells: ['00:01', '7\n8'] }])
  expect(text.split('\n').map((line) => line.split('\t').length)).toEqual([3, 3])
})

describe('in Chromium', () => {
  const name = '<i>x</i>'
  const report = { ...sampleReport({ seconds: 100, words: { cause: name } }), capacity: sampleCapacity(), comparison: sampleComparison() }
  const page = renderHtml(report)

  /** Moves the pointer over each picture, to 40.4 % of the drawing's width and height, then away from the first; writes down what is shown. */
  const pointing = `const shown={};for(const plot of document.querySelectorAll("[data-hover]")){
const svg=[...plot.querySelectorAll("svg")].find(one=>one.getBoundingClientRect().width);
const [left,right,top,bottom,width]=svg.dataset.plot.split(" ").map(Number),box=svg.getBoundingClientRect();
svg.dispatchEvent(new PointerEvent("pointermove",{bubbles:true,clientX:box.left+(left+(right-left)*.404)*box.width/width,clientY:box.top+(top+(bottom-top)*.404)*box.width/width}));
const tip=plot.querySelector(".tip");
shown[plot.closest("figure").id]={cells:[...tip.querySelectorAll("b")].map(one=>one.textContent),others:tip.querySelectorAll(":not(b):not(span)").length,
guide:(plot.querySelector(".guide").getBoundingClientRect().left-box.left)*width/box.width}}
const first=document.querySelector("[data-hover]");first.dispatchEvent(new PointerEvent("pointerleave"));
shown.left=document.querySelectorAll(".tip").length;document.title=JSON.stringify(shown)`

  test('the script shows the row of the nearest moment beside a line that stands there, as text, and nothing once the pointer has left', async ({
    skip,
  }) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-hover-'))
    const file = join(folder.path, 'page.html')
    const watched = page
      .replace("script-src '", `script-src '${hashOf(pointing)}' '`)
      .replace('</body>', `<script>${pointing}</script></body>`)
    await writeFile(file, watched)
    const rendered = await renderedHtml(pathToFileURL(file).href)
    if ('missing' in rendered) return skip(rendered.missing)
    const title = /<title>(.*?)<\/title>/s.exec(rendered.stdout)?.[1] ?? ''
    const { left, ...shown } = JSON.parse(title.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
    const exhibits = exhibitsOf(page).filter(({ hover }) => hover.length > 0)
    expect(Object.keys(shown)).toEqual(exhibits.map(({ id }) => id))
    for (const { id, titles, rows } of exhibits.filter((one) => one.titles[0] === 'from')) {
      expect(shown[id].cells, id).toEqual(rows[40])
      expect(shown[id].cells.length).toBe(titles.length)
      expect(shown[id].others).toBe(0)
      // The middle of second 40: 58 + 0.405 × (968 − 58), and half a pixel for the line's own width.
      expect(Math.abs(shown[id].guide - 426.6)).toBeLessThan(1)
    }
    // Twelve rows, one below the other: their middles lie at 1/24, 3/24, …, and 40.4 % is nearest to 9/24, the fifth.
    expect(shown['compared-0'].cells).toEqual(exhibits.find(({ id }) => id === 'compared-0')?.rows[4])
    expect(shown['capacity-goodput'].cells).toEqual(['320/s', '320/s'])
    expect(left).toBe(exhibits.length - 1)
  })

  test('a script that the policy does not know never runs', async ({ skip }) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'doorbuster-hover-'))
    const file = join(folder.path, 'page.html')
    await writeFile(file, page.replace('</body>', `<script>document.title='broken in'</script></body>`))
    const rendered = await renderedHtml(pathToFileURL(file).href)
    if ('missing' in rendered) return skip(rendered.missing)
    expect(rendered.stdout).toContain('<title>NO-GO')
  })
})
