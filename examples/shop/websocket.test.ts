// Frames as bytes on a socket, from a client that need not be polite. RFC 6455 has the numbers.
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { shopHere } from '../../test/support/open-shop.ts'

/** The key of the RFC's own example, and the answer that it gives to it. */
const [key, accept] = ['dGhlIHNhbXBsZSBub25jZQ==', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=']
const handshake = `GET /queue HTTP/1.1\r\nhost: shop\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`

/** Sends the bytes after the handshake, and resolves with all that came once the text is in it. */
async function said(url: string, bytes: readonly number[], until: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(Buffer.concat([Buffer.from(handshake), Buffer.from(bytes)]))
  let text = ''
  for await (const piece of socket.setEncoding('latin1')) {
    text += piece
    if (text.includes(until)) break
  }
  return text
}

/** A masked frame; a mask of zeros changes nothing. */
const masked = (opcode: number, ...payload: number[]) => [0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0, ...payload]

test.each([
  ['a ping is answered with its own bytes', masked(0x9, 1, 2), '\x8a\x02\x01\x02'],
  ['a mask is taken off', [0x89, 0x82, 7, 7, 7, 7, 1 ^ 7, 2 ^ 7], '\x8a\x02\x01\x02'],
  ['two frames at once are both read', [...masked(0x1, 65), ...masked(0x9)], '\x8a\x00'],
  ['a farewell is returned with its code', masked(0x8, 0x03, 0xe8), '\x88\x02\x03\xe8'],
  ['a frame without a mask ends it with 1002', [0x81, 0x01, 65], '\x88\x02\x03\xea'],
  ['a frame of 1,025 bytes ends it with 1009, before they have come', [0x82, 0xfe, 0x04, 0x01], '\x88\x02\x03\xf1'],
  ['a frame with a length of 64 bits ends it with 1009', [0x82, 0xff], '\x88\x02\x03\xf1'],
])('%s', async (_, bytes, answer) => {
  await using shop = await shopHere('--fault waiting-room=1')
  await fetch(shop.url)
  const text = await said(shop.url, bytes, answer)
  expect(text).toMatch(/^HTTP\/1\.1 101 /)
  expect(text).toContain(`sec-websocket-accept: ${accept}\r\n`)
  expect(text).toContain('{"place":1}')
})
