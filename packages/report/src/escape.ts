// The only escaper: makes text from outside (names, causes, bodies, addresses) harmless in each language that a report speaks.
// Knows nothing of what the text means. Every function is total: any string goes in, safe text comes out.

/** C0, DEL, C1, U+FFFE and U+FFFF: forbidden or discouraged in XML, and commands to a terminal. Tab and newline are kept below. */
const controls = /\p{Cc}|[\ufffe\uffff]/gu
/** Marks that turn or hide the reading order, by which a name can pose as another. */
const turners = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** What cannot be shown becomes U+FFFD, so that it is seen and not silently gone. */
function visible(text: string): string {
  const lines = text.toWellFormed().replace(/\r\n?/g, '\n')
  return lines.replace(controls, (sign) => (sign === '\n' || sign === '\t' ? sign : '\ufffd')).replace(turners, '\ufffd')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}

/** For XML 1.0 text and quoted attributes; a tab or newline stays one, even in an attribute. */
export function escapeXml(text: string): string {
  return escapeHtml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** For one line of GitHub Markdown, inside a table cell or not: no markup, no HTML, no link, no mention. */
export function escapeMarkdown(text: string): string {
  return (
    oneLine(text)
      .replace(/[&<>]/g, (sign) => entities[sign] ?? '')
      .replace(/[\\`*_{}[\]#~|]/g, (sign) => `\\${sign}`)
      .replace(/^(?:[-+=]|\d{1,9}[.)](?=\s|$))/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
      .replace(/:\/\//g, '&#58;//')
      .replace(/www\./gi, (start) => `${start.slice(0, 3)}&#46;`)
      // GitHub looks for mentions in the finished text, where an entity is a plain sign again; only a character between stops it.
      .replaceAll('@', '@\u2060')
  )
}

/** For a terminal, on one line: no escape sequence reaches it. */
export function plainLine(text: string): string {
  return oneLine(text)
}

function oneLine(text: string): string {
  return visible(text).replace(/[\n\t\u2028\u2029]+/g, ' ')
}

/** At most `most` UTF-16 units, the last an ellipsis; never half a surrogate pair. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
