// Reads the head of a response (RFC 9112 §2 to §6) from bytes as they come, line by line, each byte once. Makes no string and no object.
// Knows nothing of bodies and sockets.
//
//   HTTP/1.1 200 OK\r\n           status line
//   Content-Length: 42\r\n        a header; the four that frame the message are read at once
//   X-Long: a\r\n b\r\n           a folded one goes on in the next line
//   \r\n                          the end
import { endOfText, endsWithMember, hasMember, isBlank, isDigit, isToken, isWordAt, skipBlanks, wholeNumber, word } from './octets.ts'

const lf = 0x0a
const cr = 0x0d
const colon = 0x3a
const comma = 0x2c

const contentLength = word('content-length')
const transferEncoding = word('transfer-encoding')
const connection = word('connection')
const keepAlive = word('keep-alive')
const closeWord = word('close')
const chunked = word('chunked')
const timeoutWord = word('timeout=')
const http = [...Buffer.from('HTTP/')]

/** As curl has them: bytes of one line, bytes of all heads of one answer (1xx included), and headers. */
export const mostLineBytes = 100_000
export const mostHeadBytes = 300_000
const mostHeaders = 5_000

/** Where `read` stands when it returns something below zero. */
const needsMore = -1
export const isFailed = -2

/** What a head says of its message. */
export type HeadFacts = {
  /** 0 until the status line was read. */
  status: number
  /** Minor version of HTTP/1.x. */
  minor: number
  /** −1: not said. */
  lengthBytes: number
  hasTransferEncoding: boolean
  isChunked: boolean
  saysClose: boolean
  saysKeepAlive: boolean
  /** How long the server keeps an idle connection, ms; Infinity: not said. */
  idleMs: number
}

const nothingSaid = (): HeadFacts => ({
  status: 0,
  minor: 1,
  lengthBytes: -1,
  hasTransferEncoding: false,
  isChunked: false,
  saysClose: false,
  saysKeepAlive: false,
  idleMs: Number.POSITIVE_INFINITY,
})

export class HeadReader {
  /** Of the head that is being read, or was read last; each head has facts of its own. */
  facts: HeadFacts = nothingSaid()
  /** Why it failed: `too-large` or `malformed:<why>`. */
  cause = ''
  #headers = 0
  /** What the last header was, as far as a folded line behind it matters. */
  #last: 'plain' | 'framing' | 'connection' = 'plain'
  #readBytes = 0

  /** Before the first head of an answer. */
  begin(): void {
    this.#readBytes = 0
    this.next()
  }

  /** Before each head: an answer may have several, the informational ones first. */
  next(): void {
    this.facts = nothingSaid()
    this.#headers = 0
    this.#last = 'plain'
  }

  /**
   * Reads whole lines in [from, to) and returns where the next line begins, or `isFailed`. The head is over when `isOver` says so. A line
   * that is not whole is left for the next call, which must begin with it.
   */
  read(bytes: Uint8Array, from: number, to: number): number {
    this.isOver = false
    let at = from
    while (at < to) {
      // Not a byte beyond the limits is looked at, so that the cause does not hang on the pieces that a line came in.
      const most = at + Math.min(mostLineBytes, mostHeadBytes - this.#readBytes)
      const seen = Math.min(to, most)
      const next = this.facts.status === 0 ? this.#statusLine(bytes, at, seen) : this.#line(bytes, at, seen)
      if (next === isFailed) return isFailed
      if (next === needsMore) return to < most ? at : this.#fail('too-large')
      this.#readBytes += next - at
      at = next
      if (this.isOver) return at
    }
    return at
  }

  /** The last line read was the empty one. */
  isOver = false

  #statusLine(bytes: Uint8Array, from: number, to: number): number {
    // Something else than HTTP is told by its first bytes: it may never end a line.
    for (let i = 0; i < http.length && from + i < to; i++) if (bytes[from + i] !== http[i]) return this.#fail('malformed:status-line')
    const next = this.#endOfLine(bytes, from, to)
    if (next < 0) return next
    if (bytes[from + 5] !== 0x31 || bytes[from + 6] !== 0x2e || !isDigit(bytes[from + 7] as number) || bytes[from + 8] !== 0x20)
      return this.#fail(isDigit(bytes[from + 5] as number) ? 'malformed:version' : 'malformed:status-line')
    const status = wholeNumber(bytes, from + 9, Math.min(from + 12, next))
    const after = bytes[from + 12]
    if (status < 100 || !isDigit(bytes[from + 11] as number) || (after !== 0x20 && after !== cr && after !== lf))
      return this.#fail('malformed:status')
    this.facts.status = status
    this.facts.minor = (bytes[from + 7] as number) - 0x30
    return next
  }

  #line(bytes: Uint8Array, from: number, to: number): number {
    const first = bytes[from] as number
    if (first === lf || first === cr) {
      const next = this.#endOfLine(bytes, from, to)
      if (next >= 0) this.isOver = true
      return next
    }
    if (isBlank(first)) return this.#fold(bytes, from, to)
    let at = from
    while (at < to && isToken[bytes[at] as number] === 1) at++
    if (at === to) return needsMore
    if (bytes[at] !== colon || at === from) return this.#fail('malformed:header')
    const next = this.#endOfLine(bytes, at, to)
    if (next < 0) return next
    if (++this.#headers > mostHeaders) return this.#fail('too-large')
    return this.#header(bytes, from, at, next)
  }

  /** A value may go on in the next line (obsolete, RFC 9112 §5.2), but not one that says where the message ends. */
  #fold(bytes: Uint8Array, from: number, to: number): number {
    if (this.#headers === 0 || this.#last === 'framing') return this.#fail('malformed:folded')
    // It may say `close`: a connection more is the lesser evil.
    if (this.#last === 'connection') this.facts.saysClose = true
    return this.#endOfLine(bytes, from, to)
  }

  /** Position after the line's LF, which may stand without a CR; a CR without LF and a NUL are no part of any line. */
  #endOfLine(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const code = bytes[at] as number
      if (code > cr) continue
      if (code === lf) return at + 1
      if (code === cr) {
        if (at + 1 === to) return needsMore
        if (bytes[at + 1] !== lf) return this.#fail('malformed:cr')
        return at + 2
      }
      if (code === 0) return this.#fail('malformed:nul')
    }
    return needsMore
  }

  #header(bytes: Uint8Array, from: number, at: number, next: number): number {
    this.#last = 'plain'
    const nameLength = at - from
    if (nameLength !== 14 && nameLength !== 10 && nameLength !== 17) return next
    const start = skipBlanks(bytes, at + 1, next)
    const end = endOfText(bytes, start, endOfLineText(bytes, next))
    if (nameLength === 14 && isWordAt(bytes, from, contentLength)) return this.#length(bytes, start, end) ? next : isFailed
    if (nameLength === 17 && isWordAt(bytes, from, transferEncoding)) {
      this.#last = 'framing'
      this.facts.hasTransferEncoding = true
      if (start < end) this.facts.isChunked = endsWithMember(bytes, start, end, chunked)
    } else if (nameLength === 10 && isWordAt(bytes, from, connection)) {
      this.#last = 'connection'
      this.facts.saysClose ||= hasMember(bytes, start, end, closeWord)
      this.facts.saysKeepAlive ||= hasMember(bytes, start, end, keepAlive)
    } else if (nameLength === 10 && isWordAt(bytes, from, keepAlive)) this.#keepAlive(bytes, start, end)
    return next
  }

  /** Digits alone; several that are all the same count as one (RFC 9112 §6.3). */
  #length(bytes: Uint8Array, from: number, to: number): boolean {
    this.#last = 'framing'
    let start = from
    for (let at = from; at <= to; at++) {
      if (at < to && bytes[at] !== comma) continue
      const first = skipBlanks(bytes, start, at)
      const last = endOfText(bytes, first, at)
      const value = wholeNumber(bytes, first, last)
      const isWhole = value >= 0 && value !== Number.POSITIVE_INFINITY && areDigits(bytes, first, last)
      if (!isWhole || (this.facts.lengthBytes >= 0 && this.facts.lengthBytes !== value)) {
        this.#fail('malformed:content-length')
        return false
      }
      this.facts.lengthBytes = value
      start = at + 1
    }
    return true
  }

  #keepAlive(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at + timeoutWord.length < to; at++) {
      if (!isWordAt(bytes, at, timeoutWord)) continue
      const seconds = wholeNumber(bytes, at + timeoutWord.length, to)
      if (seconds >= 0) this.facts.idleMs = seconds * 1e3
      return
    }
  }

  #fail(cause: string): typeof isFailed {
    this.cause = cause
    return isFailed
  }
}

/** Where a line's text ends that ends before `next`. */
function endOfLineText(bytes: Uint8Array, next: number): number {
  return bytes[next - 2] === cr ? next - 2 : next - 1
}

function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigit(bytes[at] as number)) return false
  return true
}
