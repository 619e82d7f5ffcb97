// A response as bytes, and what reading it has to come to. A vector's bytes are all that comes before the server closes the connection.

/** Bodies above this fail in every vector. */
export const mostBodyBytes = 4_096

export type Reading =
  | {
      readonly status: number
      readonly body: string
      readonly isReusable: boolean
      /** How many bytes follow that belong to no answer. */
      readonly leftBytes: number
      /** `connection`: only the end of the connection says that the body is over. */
      readonly endsWith: 'message' | 'connection'
      /** By lower-case name; undefined: not there. */
      readonly headers: Readonly<Record<string, string | undefined>>
    }
  | { readonly cause: string }

export type Vector = {
  readonly name: string
  /** One character a byte. */
  readonly bytes: string
  readonly method: string
  readonly expected: Reading
}

export type AnswerChange = Partial<Extract<Reading, { status: number }>> & { readonly method?: string }

/** An answer of status 200 after which the connection may be used again, but for what is said. */
export function answer(name: string, bytes: string, body: string, { method = 'GET', ...change }: AnswerChange = {}): Vector {
  const plain = { status: 200, body, isReusable: true, leftBytes: 0, endsWith: 'message', headers: {} } as const
  return { name, bytes, method, expected: { ...plain, ...change } }
}

/** An answer whose body runs to the end of the connection. */
export function untilTheEnd(name: string, bytes: string, body: string, change: AnswerChange = {}): Vector {
  return answer(name, bytes, body, { isReusable: false, endsWith: 'connection', ...change })
}

export function failure(name: string, bytes: string, cause: string, method = 'GET'): Vector {
  return { name, bytes, method, expected: { cause } }
}

/** Lines of a head, each with its CRLF, and the empty line. */
export const head = (...lines: readonly string[]): string => [...lines, '', ''].join('\r\n')

/** The head of a 200. */
export const ok = (...lines: readonly string[]): string => head('HTTP/1.1 200 OK', ...lines)
