// What CSS selectors find in an answer. Whatever a shop sends, reading it never throws; only a malformed selector does.
import { selectorOf } from '@doorbuster/plan'
import { selectAll, selectOne } from 'css-select'
import type { AnyNode, Document, Element } from 'domhandler'
import { DomHandler } from 'domhandler'
import { textContent } from 'domutils'
import { Parser } from 'htmlparser2'

/** What stands behind is not read: a page of this length is none that a person reads, and parsing it would hold up everybody. */
const mostCharacters = 4 << 20

/** Elements in each other, at twice what browsers keep apart; behind it nothing is read, for the time it takes grows with the square. */
const mostDepth = 1_000

export function parseHtml(text: string): Document {
  const handler = new DepthHandler(() => parser.pause())
  const parser: Parser = new Parser(handler)
  parser.write(text.length > mostCharacters ? text.slice(0, mostCharacters) : text)
  if (!handler.isTooDeep) parser.end()
  return handler.root
}

class DepthHandler extends DomHandler {
  isTooDeep = false
  readonly #stop: () => void

  constructor(stop: () => void) {
    super()
    this.#stop = stop
  }

  override onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    super.onopentag(name, attributes)
    if (this.tagStack.length <= mostDepth) return
    this.isTooDeep = true
    this.#stop()
  }
}

/** @throws TypeError for a malformed selector */
export function findOne(page: Document, selector: string, attribute: string | undefined): string | undefined {
  const query = selectorOf(selector)
  return quietly(() => textOrAttribute(selectOne<AnyNode, Element>(query, page), attribute), undefined)
}

/** @throws TypeError for a malformed selector */
export function findAll(page: Document, selector: string, attribute: string | undefined): readonly string[] {
  const query = selectorOf(selector)
  const values = quietly(() => selectAll<AnyNode, Element>(query, page).map((found) => textOrAttribute(found, attribute)), [])
  return values.filter((value) => value !== undefined)
}

/** Text without the blanks round it. */
function textOrAttribute(found: Element | null, attribute: string | undefined): string | undefined {
  if (found === null) return undefined
  return attribute === undefined ? textContent(found).trim() : found.attribs[attribute.toLowerCase()]
}

/** Elements in each other are walked through by functions that call themselves. */
function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
