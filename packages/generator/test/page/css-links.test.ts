import { expect, test } from 'vitest'
import { linksInCss } from '../../src/page/css-links.ts'

test('imports and urls are found however they are written', () => {
  const css = `@import "a.css"; @IMPORT url(b.css) screen; /* url(comment.png) */ .a { background: url( "c.png" ), URL('d\\2e png'), url(e.png) }`
  expect(linksInCss(css)).toEqual(['a.css', 'b.css', 'c.png', 'd.png', 'e.png'])
})

test('strings that no url holds are no links', () => {
  expect(linksInCss('@charset "utf-8"; .a::before { content: "/x.png" } @import;')).toEqual([])
})

test('a sheet that is cut short or broken gives what can be read, and at most two hundred', () => {
  expect(linksInCss('.a { background: url(a.png); b: url("b.png')).toEqual(['a.png', 'b.png'])
  expect(linksInCss('url(x)'.repeat(1_000)).length).toBe(200)
})
