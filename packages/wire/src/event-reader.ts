// Server-sent events out of text that comes in pieces, as the WHATWG has it (HTML, 9.2.6 "Interpreting an event stream"). Opens nothing.
// `retry:` is passed over: nobody here comes back by himself.

export type StreamEvent = {
  readonly data: string
  /** Undefined: the server named none. */
  readonly event: string | undefined
  /** The last that the server gave, with this event or before; undefined: it has given none. */
  readonly id: string | undefined
}

export class EventReader {
  readonly #onEvent: (event: StreamEvent) => void
  /** Of the line that has not ended. Joined once, so that a line in many pieces costs no more than its length. */
  #pieces: string[] = []
  #data: string[] = []
  #event = ''
  #id: string | undefined
  #isAtStart = true
  #endedInCr = false
  /** Characters read since the last event or comment. */
  pendingChars = 0

  constructor(onEvent: (event: StreamEvent) => void) {
    this.#onEvent = onEvent
  }

  feed(text: string): void {
    if (text === '') return
    let from = this.#startOf(text)
    const lineEnd = /[\r\n]/g
    for (;;) {
      lineEnd.lastIndex = from
      const end = lineEnd.exec(text)?.index ?? -1
      this.#pieces.push(text.slice(from, end < 0 ? undefined : end))
      this.pendingChars += (end < 0 ? text.length : end + 1) - from
      if (end < 0) return
      const line = this.#pieces.join('')
      this.#pieces = []
      this.#take(line)
      from = this.#after(text, end)
    }
  }

  #startOf(text: string): number {
    const from = (this.#isAtStart && text.startsWith('\ufeff')) || (this.#endedInCr && text.startsWith('\n')) ? 1 : 0
    this.#isAtStart = false
    this.#endedInCr = false
    return from
  }

  /** CR and LF together are one end of a line, also when the LF comes later. */
  #after(text: string, end: number): number {
    if (text[end] === '\n') return end + 1
    this.#endedInCr = end + 1 === text.length
    return text[end + 1] === '\n' ? end + 2 : end + 1
  }

  #take(line: string): void {
    if (line === '') return this.#tell()
    const colon = line.indexOf(':')
    if (colon === 0) {
      if (this.#data.length === 0) this.pendingChars = 0
      return
    }
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id' && !value.includes('\0')) this.#id = value
  }

  #tell(): void {
    const [data, event] = [this.#data, this.#event]
    this.#data = []
    this.#event = ''
    this.pendingChars = 0
    if (data.length > 0) this.#onEvent({ data: data.join('\n'), event: event === '' ? undefined : event, id: this.#id })
  }
}
