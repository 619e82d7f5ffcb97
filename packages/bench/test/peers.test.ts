import { expect, test } from 'vitest'
import { connections, peers } from '../src/peers.ts'

test('every peer gets the same address, and its duration', () => {
  for (const { name, argumentsFor } of peers) {
    const text = argumentsFor({ url: 'http://127.0.0.1:1/', seconds: 37 }).join(' ')
    expect(text, name).toContain('http://127.0.0.1:1/')
    expect(text, name).toMatch(/\b37s?\b|-d37s/)
  }
})

test('every closed loop has as many connections as the others', () => {
  const open = peers.filter(({ name }) => name.includes('-R'))
  expect(open).toHaveLength(1)
  for (const peer of peers.filter((each) => !open.includes(each))) {
    expect(peer.argumentsFor({ url: 'http://x/', seconds: 1 }).join(' '), peer.name).toMatch(new RegExp(`-c ?${connections}\\b`))
  }
})

test('no two peers share a name', () => expect(new Set(peers.map(({ name }) => name)).size).toBe(peers.length))
