// Where a request goes: the plan's target with a step's path, or the stub that stands for somebody else's host. A path in the target, or
// in the stub, is put before every path.

export type Address = { readonly origin: string; readonly path: string }

/** An absolute http(s) URL of a step goes where it says, unless a stub stands for its host; anything else is below the target. */
export function addresser(target: string, stubs: Readonly<Record<string, string>> = {}): (path: string) => Address {
  const { origin, pathname } = new URL(target)
  const base = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  const stubOf = new Map(Object.entries(stubs).map(([host, url]) => [host, addresser(url)]))
  return (path) => {
    if (/^https?:\/\//i.test(path)) {
      const url = new URL(path)
      const wanted = `${url.pathname}${url.search}`
      return stubOf.get(url.host)?.(wanted) ?? { origin: url.origin, path: wanted }
    }
    return { origin, path: `${base}${path.startsWith('/') ? path : `/${path}`}` }
  }
}
