// Pages in Markdown as data: fenced blocks, tables, links, headings. Knows nothing of what they say.

/** A fenced block. `file` is the second word behind the fence: the name under which a reader would save it. */
export type Block = { readonly language: string; readonly file: string | undefined; readonly text: string }

/** One command of a `console` block, without its prompt, and what it prints. */
export type Shown = { readonly command: string; readonly output: string }

export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```([a-z]*)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language = '', file, text = '']) => ({
    language,
    file,
    text,
  }))
}

/** The page without its fenced blocks. */
export function proseOf(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, '')
}

/** Rows of the first table below the heading or the line, head left out; cells without their outer spaces. */
export function tableBelow(markdown: string, line: string): readonly (readonly string[])[] {
  const begins = markdown.indexOf(`\n${line}`)
  if (begins < 0) throw new Error(`the page has no line that begins with ${line}`)
  const table = /^\|.*\n\|[-:| ]+\|\n((?:\|.*\n)+)/m.exec(markdown.slice(begins))?.[1] ?? ''
  return table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
}

/** What stands between backticks. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

/** Targets of links and pictures. */
export function linksOf(markdown: string): readonly string[] {
  return [...proseOf(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

/** Names under which headings can be linked to, as GitHub makes them. */
export function anchorsOf(markdown: string): readonly string[] {
  const headings = [...proseOf(markdown).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.toLowerCase())
  return headings.map((text) => text.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

export function shownIn({ text }: Block): readonly Shown[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: part.split('\n')[0] ?? '', output: part.slice(part.indexOf('\n') + 1) }))
}

/** The words of a shell line: quotes hold words together, and nothing is expanded. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}
