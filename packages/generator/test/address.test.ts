import { expect, test } from 'vitest'
import { addresser } from '../src/address.ts'

test.each([
  ['http://127.0.0.1:4000', '/p?x=1', 'http://127.0.0.1:4000', '/p?x=1'],
  ['http://127.0.0.1:4000/', 'p', 'http://127.0.0.1:4000', '/p'],
  ['http://127.0.0.1:4000/shop/', '/p', 'http://127.0.0.1:4000', '/shop/p'],
  ['https://shop.test/shop', 'https://pay.test:8443/charge?a=b#c', 'https://pay.test:8443', '/charge?a=b'],
])('below %s, %s goes to %s%s', (target, path, origin, sent) => expect(addresser(target)(path)).toEqual({ origin, path: sent }))
