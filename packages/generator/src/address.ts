// Where a request goes: the plan's target with a step's path. A path in the target is put before every step's path.

export type Address = { readonly origin: string; readonly path: string }

/** An absolute http(s) URL of a step goes where it says; anything else is below the target. */
export function addresser(target: string): (path: string) => Address {
  const { origin, pathname } = new URL(target)
  const base = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname
  return (path) => {
    if (/^https?:\/\//i.test(path)) {
      const url = new URL(path)
      return { origin: url.origin, path: `${url.pathname}${url.search}` }
    }
    return { origin, path: `${base}${path.startsWith('/') ? path : `/${path}`}` }
  }
}
