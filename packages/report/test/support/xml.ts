// A small, strict reader of the XML 1.0 that JUnit files need: elements, attributes, text, five entities and numeric references.
// Anything else, and anything malformed, throws.

export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const legal = /^(?:[\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff])*$/
const name = '[A-Za-z_:][A-Za-z0-9_:.-]*'

export function readXml(document: string): Element {
  if (!legal.test(document)) throw new Error('a character that XML 1.0 forbids')
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, '')
  const { element, rest } = readElement(body)
  if (rest.trim() !== '') throw new Error(`after the root: ${rest.slice(0, 40)}`)
  return element
}

function readElement(source: string): { element: Element; rest: string } {
  const opening = new RegExp(`^<(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>`).exec(source)
  if (opening === null) throw new Error(`no element at: ${source.slice(0, 60)}`)
  const [whole, tag = '', listed = '', isEmpty] = opening
  const attributes = readAttributes(listed)
  if (isEmpty === '/') return { element: { name: tag, attributes, children: [], text: '' }, rest: source.slice(whole.length) }
  return readContent(tag, attributes, source.slice(whole.length))
}

function readContent(tag: string, attributes: Readonly<Record<string, string>>, source: string): { element: Element; rest: string } {
  const children: Element[] = []
  let text = ''
  let rest = source
  for (;;) {
    const end = rest.indexOf('<')
    if (end < 0) throw new Error(`${tag} is never closed`)
    if (rest.slice(0, end).includes(']]>')) throw new Error('a bare ]]> in text')
    text += decode(rest.slice(0, end))
    rest = rest.slice(end)
    if (rest.startsWith(`</${tag}>`)) return { element: { name: tag, attributes, children, text }, rest: rest.slice(tag.length + 3) }
    const child = readElement(rest)
    children.push(child.element)
    rest = child.rest
  }
}

function readAttributes(listed: string): Readonly<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const [, key = '', value = ''] of listed.matchAll(new RegExp(`(${name})="([^"]*)"`, 'g'))) {
    if (Object.hasOwn(all, key)) throw new Error(`${key} twice`)
    all[key] = decode(value)
  }
  return all
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&([^;\s]*);?/g, (whole, entity: string) => {
    const sign = entity.startsWith('#') ? String.fromCodePoint(Number(entity.slice(1))) : entities[entity]
    if (!whole.endsWith(';') || sign === undefined) throw new Error(`no entity: ${whole}`)
    return sign
  })
}
