// A shopper with a cookie jar, for tests that ask a shop by hand. Knows nothing of doorbuster.

type Visitor = {
  readonly get: (path: string) => Promise<Response>
  readonly post: (path: string, body: object) => Promise<Response>
  readonly drop: (path: string) => Promise<Response>
  /** The value of a cookie that this visitor was given. */
  readonly cookie: (name: string) => string | undefined
}

/** Keeps every cookie for every path until it is given a new one of the same name. */
export function visitor(url: string): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(url + path, { ...init, headers: cookie === '' ? {} : { cookie } })
    for (const [, name = '', value = ''] of answer.headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? [])) {
      cookies.set(name, value)
    }
    return answer
  }
  return {
    get: (path) => ask(path, {}),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    drop: (path) => ask(path, { method: 'DELETE' }),
    cookie: (name) => cookies.get(name),
  }
}

/** A visitor with an account of that name. */
export async function loggedIn(url: string, name: string): Promise<Visitor> {
  const shopper = visitor(url)
  const answer = await shopper.post('/login', { email: `${name}@shop.example`, password: `${name}'s secret` })
  if (answer.status !== 200) throw new Error(`${name} could not log in: ${answer.status}`)
  await shopper.post('/account', { name, address: `1 ${name} Street` })
  return shopper
}
