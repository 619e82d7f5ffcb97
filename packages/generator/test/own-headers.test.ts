import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { shopper } from '@doorbuster/plan'
import { expect, test } from 'vitest'
import { rehearse, serve } from './support/rehearsal.ts'

test('what the plan says of itself to its target is told to no other host, be it a stub or the end of a redirect', async () => {
  const seen: string[] = []
  const tell = (who: string, headers: NodeJS.Dict<string | string[]>): void =>
    void seen.push(`${who}: ${headers.authorization ?? '-'} ${headers['x-api-key'] ?? '-'} ${headers.accept ?? '-'}`)
  const other = createServer(({ headers }, response) => {
    tell('other', headers)
    response.end()
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const shop = await serve(({ headers, url }, response) => {
    tell('shop', headers)
    if (url === '/away') response.writeHead(302, { location: `${elsewhere}/` })
    response.end()
  })
  try {
    await rehearse({
      target: shop.url,
      traffic: 'burst 1',
      headers: { authorization: 'Bearer hush', 'x-api-key': 'hush', accept: 'text/html' },
      stubs: { 'api.stripe.com': elsewhere },
      shoppers: [
        shopper('buyer', async (s) => {
          await s.get('/')
          await s.get('https://api.stripe.com/v1/charges')
          await s.get('/away', { redirects: 1 })
          await s.get(`${elsewhere}/own`, { headers: { 'x-api-key': 'meant for it' } })
        }),
      ],
    })
  } finally {
    await shop.stop()
    other.closeAllConnections()
    await new Promise((resolve) => other.close(resolve))
  }
  const told = 'shop: Bearer hush hush text/html'
  expect(seen).toEqual([told, 'other: - - text/html', told, 'other: - - text/html', 'other: - meant for it text/html'])
})
