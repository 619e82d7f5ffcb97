// What a style sheet makes a browser fetch: its imports and `url()`s. Pure: text in, URLs as they are written out.
import {
  isTokenAtKeyword,
  isTokenFunction,
  isTokenString,
  isTokenURL,
  isTokenWhiteSpaceOrComment,
  tokenizer,
} from '@csstools/css-tokenizer'

/** A sheet that names more is not read further. */
const mostLinks = 200

/** In the order of the sheet, not resolved, duplicates and all. Fonts are among them, used or not. */
export function linksInCss(css: string): readonly string[] {
  const tokens = tokenizer({ css })
  const found: string[] = []
  /** A string that comes next is a URL. */
  let isAwaited = false
  while (found.length < mostLinks && !tokens.endOfFile()) {
    const token = tokens.nextToken()
    if (isTokenWhiteSpaceOrComment(token)) continue
    if (isTokenURL(token)) found.push(token[4].value)
    else if (isAwaited && isTokenString(token)) found.push(token[4].value)
    isAwaited =
      (isTokenAtKeyword(token) && token[4].value.toLowerCase() === 'import') ||
      (isTokenFunction(token) && token[4].value.toLowerCase() === 'url')
  }
  return found.filter((url) => url.trim() !== '')
}
