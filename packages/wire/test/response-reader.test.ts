import { describe, expect, test } from 'vitest'
import { ResponseReader } from '../src/response-reader.ts'
import { readInPieces } from './support/reading.ts'
import { vectors } from './vectors/all.ts'
import type { Reading, Vector } from './vectors/vector.ts'
import { answer, mostBodyBytes, ok } from './vectors/vector.ts'

const clean = answer('clean', `${ok('X-Nth: second', 'Content-Length: 6')}second`, 'second', { headers: { 'x-nth': 'second' } })

/** Beyond so many bytes not every place is cut at: a hundred of them, spread evenly, and thirty at either end. */
const manyBytes = 5_000

function placesToCut({ bytes }: Vector): readonly number[] {
  const every = Array.from({ length: Math.max(0, bytes.length - 1) }, (_, at) => at + 1)
  if (bytes.length <= manyBytes) return every
  const stride = Math.ceil(bytes.length / 100)
  return every.filter((at) => at % stride === 0 || at < 30 || bytes.length - at < 30)
}

/** With one reader for all, so that whatever an earlier reading left behind would be seen. */
function readingsOf(vector: Vector, allCuts: readonly (readonly number[])[]): readonly Reading[] {
  const reader = new ResponseReader(mostBodyBytes)
  const readings: Reading[] = []
  for (const cuts of allCuts) {
    const reading = readInPieces(reader, vector, cuts)
    readings.push(reading)
    // What follows on a connection that may be used again is read for itself.
    if ('cause' in reading || !reading.isReusable || reading.leftBytes > 0) continue
    readings.push(
      readInPieces(
        reader,
        clean,
        cuts.filter((at) => at < clean.bytes.length),
      ),
    )
  }
  return readings
}

/** One of each, so that a failure shows what differs and not thousands of what does not. */
const distinct = (readings: readonly Reading[]): readonly Reading[] => [
  ...new Map(readings.map((each) => [JSON.stringify(each), each])).values(),
]

const isFollowed = ({ expected }: Vector): boolean => !('cause' in expected) && expected.isReusable && expected.leftBytes === 0
const awaited = (vector: Vector): readonly Reading[] => distinct(isFollowed(vector) ? [vector.expected, clean.expected] : [vector.expected])

describe.each(Object.entries(vectors))('%s', (_, table) => {
  test.each(table)('$name: the same whole, byte by byte and in every two parts', (vector) => {
    const places = placesToCut(vector)
    const byteByByte = Array.from({ length: Math.max(0, vector.bytes.length - 1) }, (_each, at) => at + 1)
    expect(distinct(readingsOf(vector, [[]]))).toEqual(awaited(vector))
    expect(distinct(readingsOf(vector, [byteByByte]))).toEqual(awaited(vector))
    expect(
      distinct(
        readingsOf(
          vector,
          places.map((at) => [at]),
        ),
      ),
    ).toEqual(places.length === 0 ? [] : awaited(vector))
  })
})

/** What is left of an answer when the connection ends after so many of its bytes. */
function cutAt({ bytes, expected }: Vector, atBytes: number): Reading {
  if ('cause' in expected) throw new Error('only answers can be cut')
  if (atBytes >= bytes.length - expected.leftBytes) return { ...expected, leftBytes: atBytes - (bytes.length - expected.leftBytes) }
  if (atBytes === 0) return { cause: 'reset' }
  const headBytes = bytes.length - expected.body.length
  const isPartOfBody = expected.endsWith === 'connection' && atBytes >= headBytes
  return isPartOfBody ? { ...expected, body: expected.body.slice(0, atBytes - headBytes) } : { cause: 'truncated' }
}

const answers = Object.values(vectors)
  .flat()
  .filter((vector) => !('cause' in vector.expected) && vector.bytes.length <= manyBytes)

test.each(answers)('$name: the end of the connection at any byte is told for what it is', (vector) => {
  const reader = new ResponseReader(mostBodyBytes)
  for (let at = 0; at <= vector.bytes.length; at++) {
    const cut = { ...vector, bytes: vector.bytes.slice(0, at) }
    expect(readInPieces(reader, cut, []), `whole, cut at ${at}`).toEqual(cutAt(vector, at))
    expect(readInPieces(reader, cut, [at >> 1]), `in halves, cut at ${at}`).toEqual(cutAt(vector, at))
  }
})

test.each(answers.filter(isFollowed))('$name: the same answer again on one connection is read the same', (vector) => {
  const reader = new ResponseReader(mostBodyBytes)
  const half = [vector.bytes.length >> 1]
  const readings = [[], [], half, [], [1], [], []].map((cuts) => readInPieces(reader, vector, cuts))
  expect(distinct(readings)).toEqual([vector.expected])
})

test('a body that was taken is not held on to', () => {
  const reader = new ResponseReader(1_000_000)
  const large = answer('large', `${ok('Content-Length: 500000')}${'x'.repeat(500_000)}`, 'x'.repeat(500_000))
  readInPieces(reader, large, [100_000])
  expect(reader.body?.length).toBe(500_000)
  reader.release()
  expect(reader.body).toBeNull()
  expect(readInPieces(reader, clean, [])).toEqual(clean.expected)
})

test('no two vectors of a table have one name', () => {
  for (const table of Object.values(vectors)) expect(new Set(table.map(({ name }) => name)).size).toBe(table.length)
})
