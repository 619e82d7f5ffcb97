// Node's own client reads the same vectors. Where it comes to another end than ours, the reason stands here; it is no oracle, but a second opinion.
import { expect, test } from 'vitest'
import { readByNode } from './support/node-client.ts'
import { vectors } from './vectors/all.ts'

/** Vectors that Node reads otherwise, by the reason why. */
const disagreements: Readonly<Record<string, readonly string[]>> = {
  'Node takes bytes behind an answer for a failure of it; here it is an answer, and the connection goes': [
    'counted: more bytes than were announced',
    'chunked: bytes behind the last chunk',
    'no-body: HEAD with a body',
    'no-body: HEAD with a chunked body',
    'no-body: 204 that sends a body',
    'no-body: 304 that sends a body',
  ],
  'equal lengths may count as one (RFC 9112 §6.3); browsers and curl read them': [
    'counted: equal lengths in one line',
    'counted: equal lengths in one line, without blanks',
    'counted: equal lengths in two lines',
    'counted: equal lengths, one with a zero before it',
  ],
  'a line feed alone may end a line (RFC 9112 §2.2); browsers and curl read it': [
    'chunked: bare line feeds',
    'chunked: bare line feeds behind extension and trailer',
    'chunked: a chunk one shorter than its size: its CR is data, and the LF alone ends it',
    'informational: 1xx with bare line feeds',
    'header-lines: bare line feeds',
    'header-lines: a bare line feed among others',
    'header-lines: a fold behind a bare line feed',
  ],
  'a user agent replaces a fold by a blank (RFC 9112 §5.2)': [
    'keep-alive: closed: 1.1 says close in a folded line',
    'keep-alive: closed: 1.1 says anything at all in a folded line',
    'header-lines: a folded value',
    'header-lines: a value folded twice, with tabs',
    'header-lines: a value that begins in its second line',
    'header-lines: a fold that looks like a header',
  ],
  'blanks and an empty extension behind a chunk size hide nothing': [
    'chunked: an empty extension',
    'chunked: blanks before an extension',
    'chunked: blanks behind a size',
  ],
  'a trailer frames nothing (RFC 9110 §6.5.1)': ['chunked: a trailer that speaks of framing'],
  'Transfer-Encoding overrides Content-Length (RFC 9112 §6.3); Node rejects the pair': [
    'framing: not chunked, and a length',
    'framing: chunked and a length: the length is not taken, the connection not kept',
    'framing: chunked and a length behind it',
  ],
  'blanks and empty members are no part of a list (RFC 9110 §5.6.1)': [
    'framing: chunked: with blanks round it',
    'framing: chunked: before an empty member',
    'framing: chunked: before an empty line of the same name',
    'framing: not chunked: nothing at all',
  ],
  'a control in a value is the server\u2019s affair, as long as it ends no line': [
    'framing: not chunked: behind a vertical tab',
    'header-lines: controls in a value',
  ],
  'what a 1xx says of the connection is not said of the answer': ['informational: 1xx whose framing is not that of the answer'],
  'Node hands 101 to whoever asked for an upgrade; nobody here does': [
    'informational: 101 that nobody asked for',
    'informational: 101 behind 100',
  ],
  'any HTTP/1.x has the grammar of 1.1 (RFC 9110 §2.5)': ['keep-alive: kept: 1.9 counts as 1.1'],
  'Node takes versions of HTTP that are not 1.x, and other protocols that look alike': [
    'status-lines: no version: 0.9',
    'status-lines: no version: 2.0',
    'status-lines: no HTTP: RTSP',
    'status-lines: no HTTP: ICE',
  ],
  'Node takes statuses below 100': ['status-lines: no status: below 100', 'status-lines: no status: zero'],
  'only a server skips an empty line, before a request (RFC 9112 §2.2)': ['status-lines: no HTTP: an empty line before it'],
  'Node takes a NUL in a reason': ['status-lines: a NUL in a reason'],
  'the limit on bodies is ours': ['framing: neither, above the limit'],
}

/** Limits are each reader's own. */
const mostBytes = 20_000

const fitting = Object.entries(vectors).flatMap(([table, each]) =>
  each.filter(({ bytes }) => bytes.length < mostBytes).map((vector) => ({ ...vector, name: `${table}: ${vector.name}` })),
)

test('Node\u2019s client reads every vector to the same end, but for those whose reason is given', async () => {
  const readings = await readByNode(fitting)
  const apart = fitting.filter(({ expected }, nth) => {
    const theirs = readings[nth]
    if (theirs === undefined || 'code' in theirs) return !('cause' in expected)
    return 'cause' in expected || theirs.status !== expected.status || theirs.body !== expected.body
  })
  expect(readings.length).toBe(fitting.length)
  expect(apart.map(({ name }) => name).sort()).toEqual(Object.values(disagreements).flat().sort())
})
