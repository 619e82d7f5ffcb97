// Cuts the text of a shape into tokens that know where they stand. Knows no grammar.

/** `text` is what stands there; for a quoted token, what is between the quotes. Lines and columns count from 1. */
export type Token = {
  readonly kind: 'word' | 'quoted' | 'unclosed' | 'mark' | 'newline' | 'end'
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Everything that is no mark, no space and no quote is part of a word: names, rates, durations, file names. */
const pattern =
  /(?<newline>\r?\n)|(?<space>[^\S\n]+|#[^\n]*)|(?<quoted>"(?:[^"\\\n]|\\[^\n])*")|(?<unclosed>"[^\n]*)|(?<mark>[;:{}|[\],])|(?<word>[^\s;:{}|[\],"#]+)/gu

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineBegins = 0
  for (const match of text.matchAll(pattern)) {
    const [kind, raw = ''] = Object.entries(match.groups ?? {}).find(([, group]) => group !== undefined) ?? []
    const place = { line, column: match.index - lineBegins + 1 }
    if (isKind(kind)) tokens.push({ kind, text: kind === 'quoted' ? unquote(raw) : raw, ...place })
    if (kind !== 'newline') continue
    line += 1
    lineBegins = match.index + raw.length
  }
  return [...tokens, { kind: 'end', text: '', line, column: text.length - lineBegins + 1 }]
}

function isKind(kind: string | undefined): kind is Exclude<Token['kind'], 'end'> {
  return kind !== undefined && kind !== 'space'
}

// A backslash takes the next quote or backslash as it is; before anything else it is a backslash, as in C:\data.
function unquote(raw: string): string {
  return raw.slice(1, -1).replace(/\\(["\\])/g, '$1')
}

/** A file's name as one token: bare when that is unmistakable, else in quotes. */
export function quoteFile(file: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(file) ? file : `"${file.replace(/["\\]/g, '\\$&')}"`
}
