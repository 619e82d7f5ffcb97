import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StreamEvent } from '../src/event-reader.ts'
import { EventReader } from '../src/event-reader.ts'

function read(...pieces: readonly string[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const reader = new EventReader((event) => events.push(event))
  for (const piece of pieces) reader.feed(piece)
  return events
}

const said = (text: string): readonly string[] => read(text).map(({ data }) => data)

// The examples of the standard itself.
test.each([
  ['data: YHOO\ndata: +2\ndata: 10\n\n', ['YHOO\n+2\n10']],
  [
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    ['first event', 'second event', ' third event'],
  ],
  ['data\n\ndata\ndata\n\ndata:', ['', '\n']],
  ['data:test\n\ndata: test\n\n', ['test', 'test']],
])('%j holds the events that the standard says', (text, expected) => expect(said(text)).toEqual(expected))

test('name and id come with an event; a name is of one event, an id stays until another is given', () => {
  expect(read('event: stock\nid: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n')).toEqual([
    { data: 'a', event: 'stock', id: '1' },
    { data: 'b', event: undefined, id: '1' },
    { data: 'c', event: undefined, id: '1' },
    { data: 'd', event: undefined, id: '' },
  ])
})

test('a block without data is no event, other fields are passed over, and a mark of order before it all is none of it', () => {
  expect(said('\ufeffevent: x\n\nretry: 5\nnonsense: 1\ndata: a\n\n')).toEqual(['a'])
})

test('lines end with CR, LF or both, however the text is cut', () => {
  const piece = fc.constantFrom('data: a', 'data:', 'event: e', 'id: 1', ': c', '\r\n', '\r', '\n', '\n\n', '\r\n\r\n', 'x')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 9 }), (pieces, cuts) => {
      const text = pieces.join('')
      const cut: string[] = []
      for (let at = 0, nth = 0; at < text.length; nth++) {
        const length = (cuts[nth % cuts.length] ?? 0) + 1
        cut.push(text.slice(at, at + length))
        at += length
      }
      expect(read(...cut)).toEqual(read(text))
      expect(read(text.replace(/\r\n?/g, '\n'))).toEqual(read(text))
    }),
  )
})

test('what waits for its end is counted, until an event or a comment has come', () => {
  const reader = new EventReader(() => {})
  const pending: number[] = []
  for (const piece of ['data: 12', '345', '\n', '\n', ': comment\n', 'da']) {
    reader.feed(piece)
    pending.push(reader.pendingChars)
  }
  expect(pending).toEqual([8, 11, 12, 0, 0, 2])
})
