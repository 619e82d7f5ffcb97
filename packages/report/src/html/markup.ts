// HTML that escapes by default: whatever is put into the `html` template is text, unless this module made it.
// Knows nothing of pages. JSON cannot forge markup, because the brand is a symbol.
import { escapeHtml } from '../escape.ts'

const brand = Symbol('markup')

export type Markup = { readonly [brand]: string }
/** `null` and `false` leave nothing behind, so that a part can be left out with `&&`. */
export type Piece = Markup | string | number | null | false | readonly Piece[]

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return trusted(strings.map((text, i) => text + textOf(pieces[i] ?? null)).join(''))
}

/** Takes a text as markup. Only for text made by our own style sheet and by the chart library, which escapes by itself; a test holds the list of callers. */
export function trusted(text: string): Markup {
  return { [brand]: text }
}

export function textOf(piece: Piece): string {
  if (piece === null || piece === false) return ''
  if (typeof piece === 'string') return escapeHtml(piece)
  if (typeof piece === 'number') return String(piece)
  return brand in piece ? piece[brand] : piece.map(textOf).join('')
}
