// A page's pictures taken apart: what is drawn, what the script may show, what stands in the table. Knows nothing of how they were made.
import type { Element } from './xml.ts'
import { readXml } from './xml.ts'

export type Exhibited = {
  readonly id: string
  readonly svgs: readonly Element[]
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Titles first, then a line of fields for each place. */
  readonly hover: readonly (readonly string[])[]
}

export function exhibitsOf(page: string): readonly Exhibited[] {
  return [...page.matchAll(/<figure id="([^"]+)">.*?<\/figure>/gs)].map(([figure, id = '']) => {
    const table = readXml(/<table>.*<\/table>/s.exec(figure)?.[0] ?? '')
    const [head, body] = table.children
    const hover = /data-hover="([^"]*)"/.exec(figure)?.[1] ?? ''
    return {
      id,
      svgs: [...figure.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => readXml(svg)),
      titles: head?.children[0]?.children.map(({ text }) => text) ?? [],
      rows: body?.children.map((row) => row.children.map(({ text }) => text)) ?? [],
      hover: hover === '' ? [] : unescaped(hover),
    }
  })
}

function unescaped(attribute: string): readonly (readonly string[])[] {
  return (
    readXml(`<x y="${attribute}"/>`)
      .attributes.y?.split('\n')
      .map((line) => line.split('\t')) ?? []
  )
}

export function everyElement(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(everyElement)]
}
