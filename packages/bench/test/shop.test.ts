import { expect, test } from 'vitest'
import { accountPage, boughtJson, cartJson, sessionCookie } from '../src/shop.ts'

test('what a full journey is shown is about 2 kB, and says to whom it belongs', () => {
  const page = accountPage('czqjaaaaaaaaaaaaaaaa')
  expect(page.length).toBeGreaterThan(1_900)
  expect(page.length).toBeLessThan(2_300)
  expect(page).toContain('Welcome, czqjaaaaaaaaaaaaaaaa<')
  expect(cartJson.length).toBeGreaterThan(1_700)
})

test('no two shoppers are given one session or one order', () => {
  expect(boughtJson).toContain('$request_id')
  expect(sessionCookie).toContain('$request_id')
})
