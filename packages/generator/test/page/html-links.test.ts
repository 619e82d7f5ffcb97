import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linksInHtml } from '../../src/page/html-links.ts'

const urls = (html: string): readonly string[] => linksInHtml(html).found.map(({ url }) => url)

test('images, styles, scripts, icons and preloads are found, in the order of the page', () => {
  const html = `<!doctype html><LINK rel="preload icon" href=/icon.svg><link rel=stylesheet href='/a.css?x=1&amp;y=2'>
    <script src="/a.js" defer></script><script type=module src=b.mjs></script><img src = "/tv.jpg" alt="a > b"><video poster=still.webp>`
  expect(urls(html)).toEqual(['/icon.svg', '/a.css?x=1&y=2', '/a.js', 'b.mjs', '/tv.jpg', 'still.webp'])
  expect(linksInHtml(html).found.filter(({ isStyle }) => isStyle)).toEqual([{ url: '/a.css?x=1&y=2', isStyle: true }])
})

test('of a srcset the first candidate counts, and only where there is no src', () => {
  expect(
    urls('<img srcset=" /s.jpg 480w, /l.jpg 1080w"><img src=/own.jpg srcset="/other.jpg 2x"><img srcset="/one.jpg, /two.jpg 2x">'),
  ).toEqual(['/s.jpg', '/own.jpg', '/one.jpg'])
})

test('what a browser would not fetch is no link: data, comments, text, other rels, scripts of another type', () => {
  const html = `<!-- <img src=/comment.png> --><script>document.write('<img src=/script.png>')</script><style>a{}</style>
    <textarea><img src=/text.png></textarea><link rel=canonical href=/c><link rel="alternate stylesheet" href=/night.css>
    <script type="application/ld+json" src=/data.json></script><script nomodule src=/old.js></script><a href=/next>`
  expect(urls(html)).toEqual([])
})

test('the first base counts, and the text of style elements is kept', () => {
  expect(linksInHtml('<base href=/shop/><base href=/other/><style>@import "a.css";</style><style>b{}</style>')).toMatchObject({
    base: '/shop/',
    styles: ['@import "a.css";', 'b{}'],
  })
})

test('at most five hundred links are read, and none longer than two thousand characters or so', () => {
  expect(urls('<img src=/x>'.repeat(2_000)).length).toBe(500)
  expect(urls(`<img src=/${'x'.repeat(3_000)}><img src=/short>`)).toEqual(['/short'])
})

test('a page nested a hundred thousand deep, and closed as often the wrong way, is read to its end', () => {
  const html = `${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}<img src=/last>`
  expect(urls(html)).toEqual(['/last'])
})

test('whatever a page holds, reading it neither throws nor finds an empty link', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    '&',
    ';',
    '#x0',
    '/',
    '<img src=',
    '<link rel=icon href=',
    '<!--',
    '-->',
    '<![CDATA[',
    ' ',
    'a',
    '\0',
    '💥',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(urls(pieces.join('')).every((url) => url.trim() !== '')).toBe(true)
    }),
  )
})
