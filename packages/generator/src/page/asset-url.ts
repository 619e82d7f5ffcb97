// From a link as a page has it to what is asked for, or why it is not. Pure.

export type AssetUrl =
  | { readonly kind: 'asset'; readonly href: string; readonly origin: string; readonly path: string }
  /** Nothing that a network could be asked for: data, scripts, nonsense. */
  | { readonly kind: 'nothing' }
  /** A browser would not ask either: credentials in the URL, a plain page within a secure one. */
  | { readonly kind: 'refused' }

const nothing: AssetUrl = { kind: 'nothing' }
const refused: AssetUrl = { kind: 'refused' }
const mostChars = 2_048

/** `base`: of the document or the sheet it stands in. `page`: the document's own URL. */
export function assetUrl(link: string, base: string, page: string): AssetUrl {
  if (link.length > mostChars || !URL.canParse(link, base)) return nothing
  const url = new URL(link, base)
  if (!isWeb(url)) return nothing
  if (url.username !== '' || url.password !== '') return refused
  if (url.protocol === 'http:' && page.startsWith('https:')) return refused
  url.hash = ''
  return { kind: 'asset', href: url.href, origin: url.origin, path: url.pathname + url.search }
}

/** What a page's links are read against: its own URL, unless it names another that is one. */
export function baseOf(page: string, base: string | undefined): string {
  if (base === undefined || base.length > mostChars || !URL.canParse(base, page)) return page
  const url = new URL(base, page)
  return isWeb(url) ? url.href : page
}

const isWeb = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:'
