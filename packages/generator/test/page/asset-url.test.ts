import { expect, test } from 'vitest'
import { assetUrl, baseOf } from '../../src/page/asset-url.ts'

const page = 'https://shop.test/sale/'
const kindOf = (link: string) => assetUrl(link, page, page).kind

test('a link is read against its base, without its fragment, with every character as a URL has it', () => {
  expect(assetUrl('../pic tüte.png?q=1#top', page, page)).toEqual({
    kind: 'asset',
    href: 'https://shop.test/pic%20t%C3%BCte.png?q=1',
    origin: 'https://shop.test',
    path: '/pic%20t%C3%BCte.png?q=1',
  })
})

test('what no network is asked for is nothing, and what a browser would refuse is refused', () => {
  const links = [
    'data:image/png;base64,AA',
    'javascript:alert(1)',
    'blob:https://shop.test/1',
    'file:///etc/passwd',
    'http://',
    `/${'x'.repeat(3_000)}`,
  ]
  expect(links.map(kindOf)).toEqual(links.map(() => 'nothing'))
  expect(['https://user:secret@shop.test/a.png', '//user@shop.test/b.png', 'http://shop.test/plain.png'].map(kindOf)).toEqual(
    Array(3).fill('refused'),
  )
})

test('a base that is no web address is none', () => {
  expect(['javascript:1', 'data:,x', 'http://[', undefined].map((base) => baseOf(page, base))).toEqual(Array(4).fill(page))
  expect(baseOf(page, '//cdn.test/a/')).toBe('https://cdn.test/a/')
})
