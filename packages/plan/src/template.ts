// Text of a declared step with places for values: `${users.name}` is a column of this shopper's row, `${token}` a variable. `$${` stands for
// `${` itself. Knows nothing of where the values come from.

export type Placeholder = { readonly set: string; readonly column: string } | { readonly variable: string }

/** Texts and places in turn. */
export type Template = readonly (string | Placeholder)[]

const places = /\$\$\{|\$\{([^{}]*)\}/g

/** Null: the text holds no place and no `$${`, and is sent as it is. */
export function templateOf(text: string): Template | null {
  if (!text.includes('${')) return null
  const parts: (string | Placeholder)[] = []
  let from = 0
  for (const { 0: found, 1: name, index } of text.matchAll(places)) {
    parts.push(text.slice(from, index), name === undefined ? '${' : placeholderOf(name))
    from = index + found.length
  }
  return from === 0 ? null : [...parts, text.slice(from)]
}

/** `encode` makes of a value what may stand at its place. */
export function filled(template: Template, valueAt: (placeholder: Placeholder) => string, encode: (value: string) => string): string {
  return template.map((part) => (typeof part === 'string' ? part : encode(valueAt(part)))).join('')
}

/** The name between the brackets. */
export function nameOf(placeholder: Placeholder): string {
  return 'set' in placeholder ? `${placeholder.set}.${placeholder.column}` : placeholder.variable
}

/** `work` done on what lies between the places, which stay as they are; a literal `${` is part of the text. */
export function betweenPlaces(text: string, work: (literal: string) => string): string {
  const template = templateOf(text)
  if (template === null) return work(text)
  const pieces: string[] = ['']
  for (const part of template) {
    if (typeof part === 'string') pieces.push(`${pieces.pop()}${part}`)
    else pieces.push(`\${${nameOf(part)}}`, '')
  }
  return pieces.map((piece, index) => (index % 2 === 0 ? work(piece) : piece)).join('')
}

function placeholderOf(name: string): Placeholder {
  const dot = name.indexOf('.')
  return dot < 0 ? { variable: name } : { set: name.slice(0, dot), column: name.slice(dot + 1) }
}
