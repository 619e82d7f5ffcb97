import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clip, escapeHtml, escapeMarkdown, escapeXml, plainLine } from '../src/escape.ts'
import { anyText } from './support/hostile.ts'

describe('HTML and XML', () => {
  test('markup becomes text', () => expect(escapeHtml(`<b class="x" id='y'>&`)).toBe('&lt;b class=&quot;x&quot; id=&#39;y&#39;&gt;&amp;'))

  test('no sign that could open markup or end an attribute is left', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeHtml(text).replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>"'&]/)
      }),
    )
  })

  test('all that XML 1.0 allows is kept, and nothing else', () => {
    const legal = /^(?:[\t\n\u0020-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff])*$/
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeXml(text)).toMatch(legal)
      }),
    )
    expect(escapeXml('a\u0000b\ud800c\uffff')).toBe('a\ufffdb\ufffdc\ufffd')
  })

  test('a line end in an attribute survives as one', () => expect(escapeXml('a\r\nb\tc')).toBe('a&#10;b&#9;c'))
})

describe('Markdown', () => {
  test('a hostile name is plain text in a cell', () => {
    expect(escapeMarkdown('a|b`c`<img>\n# d')).toBe('a\\|b\\`c\\`&lt;img&gt; \\# d')
    expect(escapeMarkdown('![x](http://evil)')).toBe('!\\[x\\](http&#58;//evil)')
  })

  test('a mention reaches nobody', () => expect(escapeMarkdown('@team')).toBe('@\u2060team'))
  test('a number that is no list marker stays as it is', () =>
    expect([escapeMarkdown('7.2 %'), escapeMarkdown('7. x'), escapeMarkdown('- x')]).toEqual(['7.2 %', '7\\. x', '\\- x']))

  test('every structural sign is preceded by a backslash, on one line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMarkdown(text)
        expect(escaped).not.toMatch(/[\n\r<>]/)
        expect(escaped.replace(/\\[\\`*_{}[\]#~|]/g, '')).not.toMatch(/[`*_[\]#~|]/)
      }),
    )
  })
})

describe('terminal', () => {
  test('an escape sequence loses its escape', () => expect(plainLine('\u001b[2Jgone\u009b31m')).toBe('\ufffd[2Jgone\ufffd31m'))
  test('a name cannot turn the reading order', () => expect(plainLine('a\u202eb')).toBe('a\ufffdb'))
  test('any text is one line without control characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      }),
    )
  })
})

test('a clipped text is no longer than allowed and never ends in half a character', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, most) => {
      const clipped = clip(text.toWellFormed(), most)
      expect(clipped.length).toBeLessThanOrEqual(most)
      expect(clipped.isWellFormed()).toBe(true)
    }),
  )
})
