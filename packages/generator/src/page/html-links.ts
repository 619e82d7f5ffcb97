// What a page makes a browser fetch, read from its HTML. Pure: text in, links as they are written out. Nothing in a page is run.
import { Tokenizer } from 'htmlparser2'

export type Links = {
  /** As `<base href>` has it; undefined: none. */
  readonly base: string | undefined
  /** In the order of the page, not resolved, duplicates and all. */
  readonly found: readonly Link[]
  /** Text of `<style>` elements. */
  readonly styles: readonly string[]
}

export type Link = { readonly url: string; readonly isStyle: boolean }

/** A page that names more is not read further. */
const mostLinks = 500
/** Longer values are no URLs that a browser and a server would agree on. */
const mostValueChars = 2_048
const mostStyleChars = 262_144
/** Beyond this an element's attributes are passed over. */
const mostAttributes = 40

/**
 * Reads tokens and builds no tree: however deep a page nests, reading it takes time in proportion to its length. In `<picture>` the image's own
 * source stands for its alternatives; frames are documents of their own, and are left out.
 */
export function linksInHtml(html: string): Links {
  const reader = new LinkReader(html)
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, reader)
  reader.onEnough = () => tokenizer.pause()
  tokenizer.write(html)
  if (tokenizer.running) tokenizer.end()
  return reader
}

class LinkReader implements Links {
  readonly found: Link[] = []
  readonly styles: string[] = []
  base: string | undefined
  onEnough: () => void = () => {}
  readonly #html: string
  #element = ''
  readonly #attributes = new Map<string, string>()
  #name = ''
  #value = ''
  #isStyle = false
  #styleChars = 0

  constructor(html: string) {
    this.#html = html
  }

  onopentagname(start: number, end: number): void {
    this.#element = end - start > 16 ? '' : this.#html.slice(start, end).toLowerCase()
    this.#attributes.clear()
  }

  onattribname(start: number, end: number): void {
    this.#name = end - start > 32 ? '' : this.#html.slice(start, end).toLowerCase()
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.#value.length <= mostValueChars) this.#value += this.#html.slice(start, Math.min(end, start + mostValueChars + 1))
  }

  onattribentity(codepoint: number): void {
    if (this.#value.length <= mostValueChars) this.#value += String.fromCodePoint(codepoint)
  }

  onattribend(): void {
    const isKept = wanted.has(this.#name) && !this.#attributes.has(this.#name) && this.#attributes.size < mostAttributes
    if (isKept && (this.#value.length <= mostValueChars || this.#name === 'srcset')) this.#attributes.set(this.#name, this.#value)
  }

  onopentagend(): void {
    this.#isStyle = this.#element === 'style'
    this.#take()
  }

  onselfclosingtag(): void {
    this.#take()
  }

  onclosetag(): void {
    this.#isStyle = false
  }

  ontext(start: number, end: number): void {
    if (!this.#isStyle || this.#styleChars >= mostStyleChars) return
    const text = this.#html.slice(start, Math.min(end, start + mostStyleChars - this.#styleChars))
    this.#styleChars += text.length
    this.styles.push(text)
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}

  #take(): void {
    const attributes = this.#attributes
    if (this.#element === 'base') this.base ??= attributes.get('href')
    const link = linkOf(this.#element, attributes)
    if (link === null || link.url.trim() === '') return
    this.found.push(link)
    if (this.found.length >= mostLinks) this.onEnough()
  }
}

const wanted: ReadonlySet<string> = new Set(['as', 'href', 'nomodule', 'poster', 'rel', 'src', 'srcset', 'type'])
const fetchedRels: ReadonlySet<string> = new Set(['stylesheet', 'preload', 'modulepreload', 'icon', 'apple-touch-icon'])
/** Types of scripts that a browser asks for; others are data. */
const scriptTypes = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i

function linkOf(element: string, attributes: ReadonlyMap<string, string>): Link | null {
  const plain = (url: string | undefined): Link | null => (url === undefined ? null : { url, isStyle: false })
  switch (element) {
    case 'img':
      return plain(attributes.get('src') ?? firstOf(attributes.get('srcset')))
    case 'script':
      return scriptTypes.test(attributes.get('type') ?? '') && !attributes.has('nomodule') ? plain(attributes.get('src')) : null
    case 'input':
      return attributes.get('type')?.toLowerCase() === 'image' ? plain(attributes.get('src')) : null
    case 'video':
      return plain(attributes.get('poster'))
    case 'link':
      return linkElement(attributes)
    default:
      return null
  }
}

function linkElement(attributes: ReadonlyMap<string, string>): Link | null {
  const url = attributes.get('href')
  const rels = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  if (url === undefined || !rels.some((rel) => fetchedRels.has(rel)) || rels.includes('alternate')) return null
  return { url, isStyle: rels.includes('stylesheet') }
}

/** The first candidate of a `srcset`, without its width or density. */
function firstOf(srcset: string | undefined): string | undefined {
  return srcset === undefined ? undefined : (/^[\s,]*([^\s,]\S*)/.exec(srcset)?.[1] ?? '').replace(/,+$/, '')
}
