import { expect, test } from 'vitest'
import { addresser } from '../src/address.ts'

test.each([
  ['http://127.0.0.1:4000', '/p?x=1', 'http://127.0.0.1:4000', '/p?x=1'],
  ['http://127.0.0.1:4000/', 'p', 'http://127.0.0.1:4000', '/p'],
  ['http://127.0.0.1:4000/shop/', '/p', 'http://127.0.0.1:4000', '/shop/p'],
  ['https://shop.test/shop', 'https://pay.test:8443/charge?a=b#c', 'https://pay.test:8443', '/charge?a=b'],
])('below %s, %s goes to %s%s', (target, path, origin, sent) => expect(addresser(target)(path)).toEqual({ origin, path: sent }))

test('a stub stands for its host and no other, with its own path before every path', () => {
  const addressOf = addresser('http://127.0.0.1:4000', {
    'pay.test': 'http://127.0.0.1:4010/stub',
    'mail.test:8443': 'http://127.0.0.1:4011',
  })
  expect(addressOf('https://pay.test/v1/charge?a=b')).toEqual({ origin: 'http://127.0.0.1:4010', path: '/stub/v1/charge?a=b' })
  expect(addressOf('https://PAY.test:443/')).toEqual({ origin: 'http://127.0.0.1:4010', path: '/stub/' })
  expect(addressOf('https://mail.test:8443/send')).toEqual({ origin: 'http://127.0.0.1:4011', path: '/send' })
  expect(addressOf('https://mail.test/send')).toEqual({ origin: 'https://mail.test', path: '/send' })
  expect(addressOf('https://other.pay.test/')).toEqual({ origin: 'https://other.pay.test', path: '/' })
})
