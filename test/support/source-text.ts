// Reads TypeScript text just far enough for the architecture test: which parts are code, and what the code imports.
// Knows nothing of files or of the rules. It trusts that the text compiles.

/** A word after which `/` begins a regular expression, though a word mostly means division. */
const WORDS_BEFORE_AN_EXPRESSION = new Set([
  'await',
  'case',
  'delete',
  'do',
  'else',
  'in',
  'instanceof',
  'of',
  'return',
  'throw',
  'typeof',
  'void',
  'yield',
])

const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//y
const STRING = /'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"/y
const TEMPLATE_PIECE = /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const WORD_OR_SIGN = /[\w$]+|\s+|[\s\S]/y

/**
 * The text with comments, and the insides of strings, templates and regular expressions, turned into spaces. Same length, same lines;
 * quotes stay, and so does the code inside `${}`.
 */
export function codeOnly(text: string): string {
  const openBraces: number[] = []
  let code = ''
  let wordBefore = ''
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = code.length
    return pattern.exec(text)?.[0]
  }
  while (code.length < text.length) {
    const sign = text.charAt(code.length)
    const comment = sign === '/' ? take(COMMENT) : undefined
    const literal = comment === undefined ? takeLiteral(sign, openBraces, wordBefore, take) : undefined
    const plain = comment === undefined && literal === undefined ? take(WORD_OR_SIGN) : undefined
    if (comment !== undefined) code += spaces(comment)
    else if (literal !== undefined) code += emptied(literal)
    else code += plain ?? ''
    if (literal !== undefined || plain?.trim()) wordBefore = plain ?? '"'
  }
  return code
}

function takeLiteral(
  sign: string,
  openBraces: number[],
  wordBefore: string,
  take: (pattern: RegExp) => string | undefined,
): string | undefined {
  if (sign === "'" || sign === '"') return take(STRING)
  if (sign === '/') return startsExpression(wordBefore) ? take(REGULAR_EXPRESSION) : undefined
  const innermost = openBraces.length - 1
  const continuesTemplate = sign === '}' && openBraces[innermost] === 0
  if (sign === '`' || continuesTemplate) {
    if (continuesTemplate) openBraces.pop()
    const piece = take(TEMPLATE_PIECE)
    if (piece?.endsWith('${')) openBraces.push(0)
    return piece
  }
  const opens = openBraces[innermost]
  if (opens !== undefined && sign === '{') openBraces[innermost] = opens + 1
  if (opens !== undefined && sign === '}') openBraces[innermost] = opens - 1
  return undefined
}

function startsExpression(wordBefore: string): boolean {
  return WORDS_BEFORE_AN_EXPRESSION.has(wordBefore) || !/[\w$)\]}"]$/.test(wordBefore)
}

function spaces(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

function emptied(literal: string): string {
  const tail = literal.endsWith('${') ? '${' : literal.slice(-1)
  return literal.charAt(0) + spaces(literal.slice(1, -tail.length)) + tail
}

/** What the text imports: static, type, re-export, dynamic, and `import('x').Type`, in order. Only quoted specifiers are seen. */
export function importsOf(text: string): readonly string[] {
  const quotes = codeOnly(text).matchAll(/(?:\bfrom\s*|(?<![\w$.])import\s*\(?\s*)(['"])/g)
  return [...quotes].map((found) => {
    const start = found.index + found[0].length
    return text.slice(start, text.indexOf(found[1] ?? "'", start))
  })
}
