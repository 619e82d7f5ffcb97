import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kindOfAddress } from '../src/addresses.ts'

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.0.9', 'loopback'],
  ['::1', 'loopback'],
  ['[0:0:0:0:0:0:0:1]', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['64:ff9b::169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['fec0::1', 'other'],
  ['128.0.0.1', 'other'],
  ['10.0.0.1', 'other'],
  ['::ffff:8.8.8.8', 'other'],
  ['::2', 'other'],
  ['1::', 'other'],
  ['::1:0', 'other'],
  ['localhost', undefined],
  ['256.0.0.1', undefined],
  ['127.1', undefined],
  ['1:2', undefined],
  ['', undefined],
])('%s is %s', (text, kind) => {
  expect(kindOfAddress(text)).toBe(kind)
})

test('an IPv4 address means the same inside IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(kindOfAddress(`::ffff:${address}`)).toBe(kindOfAddress(address))
    }),
  )
})

test('of all 127.x.y.z addresses none is anything but loopback', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(kindOfAddress(address.replace(/^\d+/, '127'))).toBe('loopback')
    }),
  )
})
