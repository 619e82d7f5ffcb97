import { expect, test } from 'vitest'
import { html, textOf, trusted } from '../../src/html/markup.ts'

test('what is put in is text, unless it is markup already', () => {
  expect(textOf(html`<b>${'<i>'}</b>${html`<u>${2}</u>`}${trusted('<hr>')}`)).toBe('<b>&lt;i&gt;</b><u>2</u><hr>')
})

test('lists are joined and absent parts leave nothing', () => {
  expect(textOf(html`<p>${['a', html`<br>`, null, false]}</p>`)).toBe('<p>a<br></p>')
})

test('data read from JSON cannot pose as markup', () => {
  const forged = JSON.parse('[{"markup":"<script>","text":"<script>"}]') as readonly never[]
  expect(() => textOf(html`${forged}`)).toThrow()
})
