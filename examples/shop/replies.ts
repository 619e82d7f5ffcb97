// An answer as a value, before it becomes bytes on a socket.

export type Reply = {
  readonly status: number
  readonly type: 'text/html; charset=utf-8' | 'application/json'
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export function html(body: string | Uint8Array): Reply {
  return { status: 200, type: 'text/html; charset=utf-8', body }
}

export function json(status: number, value: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value), headers }
}

/** `error` is for programs, `message` for people. */
export function refuse(status: number, error: string, message: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return json(status, { error, message }, headers)
}
