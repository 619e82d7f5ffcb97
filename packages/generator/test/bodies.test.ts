// Every kind of body that a journey or a declared step can have, as a server receives it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { RequestOptions } from '@doorbuster/plan'
import { shopper } from '@doorbuster/plan'
import { afterAll, expect, test } from 'vitest'
import { rehearse, serve } from './support/rehearsal.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorbuster-bodies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'order.bin')
const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256))
writeFileSync(file, bytes)

type Received = { readonly type: string | undefined; readonly length: string | undefined; readonly body: Buffer }

async function receive(request: IncomingMessage): Promise<Received> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const { 'content-type': type, 'content-length': length } = request.headers
  return { type, length, body: Buffer.concat(pieces) }
}

/** One shopper posts once. */
async function received(work: { readonly options: RequestOptions } | { readonly step: object }): Promise<Received | undefined> {
  const all: Promise<Received>[] = []
  const server = await serve((request, response) => {
    all.push(receive(request))
    request.on('end', () => response.end('ok'))
  })
  try {
    const steps = 'step' in work ? [{ post: '/orders', ...work.step }] : null
    const journey = 'options' in work ? shopper('buyer', async (s) => void (await s.post('/orders', work.options))) : null
    const shoppers = journey === null ? {} : { shoppers: [journey] }
    const run = await rehearse({ target: server.url, traffic: 'burst 1', ...shoppers, ...(steps && { steps }) })
    expect(run.scope().counts.ok).toBe(1)
    return await all[0]
  } finally {
    await server.stop()
  }
}

test.each<[string, RequestOptions, string | undefined, Buffer]>([
  ['text', { body: 'häppi' }, undefined, Buffer.from('häppi')],
  ['bytes', { body: new Uint8Array(bytes) }, undefined, bytes],
  ['JSON', { json: { sku: 'tv-55', name: 'ä' } }, 'application/json', Buffer.from('{"sku":"tv-55","name":"ä"}')],
  ['a form', { form: { 'a b': 'ü&', n: 1, yes: true } }, 'application/x-www-form-urlencoded', Buffer.from('a+b=%C3%BC%26&n=1&yes=true')],
  ['a file', { file }, undefined, bytes],
  ['packed bytes', { body: gzipSync('x'), headers: { 'Content-Type': 'x/y' } }, 'x/y', gzipSync('x')],
])('%s of a journey arrives as it is, with its length and type', async (_kind, options, type, body) => {
  expect(await received({ options })).toEqual({ type, length: String(body.length), body })
})

test('multipart of a journey arrives with its fields and files', async () => {
  const form = new FormData()
  form.set('sku', 'tv-55')
  form.set('photo', new File([bytes], 'a.bin'))
  const got = await received({ options: { multipart: form } })
  const read = await new Response(new Uint8Array(got?.body ?? []), { headers: { 'content-type': got?.type ?? '' } }).formData()
  const photo = read.get('photo')
  expect([read.get('sku'), photo instanceof File && photo.name, got?.length]).toEqual(['tv-55', 'a.bin', String(got?.body.length)])
  expect(photo instanceof File && Buffer.from(await photo.arrayBuffer()).equals(bytes)).toBe(true)
})

test.each<[string, object, string | undefined, Buffer]>([
  ['text', { body: 'häppi' }, undefined, Buffer.from('häppi')],
  ['JSON', { json: [1, 'ä'] }, 'application/json', Buffer.from('[1,"ä"]')],
  ['a form', { form: { a: 'x y', n: 2 } }, 'application/x-www-form-urlencoded', Buffer.from('a=x+y&n=2')],
  ['a file', { file }, undefined, bytes],
])('%s of a declared step arrives as it is, with its length and type', async (_kind, step, type, body) => {
  expect(await received({ step })).toEqual({ type, length: String(body.length), body })
})

test('a declared file that is gone fails each request, and the run goes on', async () => {
  const server = await serve((_, response) => response.end('ok'))
  const run = await rehearse({ target: server.url, traffic: 'burst 2', steps: [{ post: '/', file: join(folder, 'gone') }] })
  await server.stop()
  expect([run.end.stoppedBy, run.tally.causes]).toMatchObject(['end', { unsendable: 2 }])
})

test.each<[string, RequestOptions, RegExp]>([
  ['two bodies', { body: 'a', json: 1 }, /one body: body and json are given/],
  ['a file that is not there', { file: '/nowhere/at/all' }, /ENOENT/],
  ['a folder', { file: folder }, /not a file/],
])('%s is thrown into the journey, and nothing is sent', async (_what, options, message) => {
  let requests = 0
  let thrown: unknown
  const server = await serve((_, response) => {
    requests++
    response.end('ok')
  })
  const journey = shopper('buyer', async (s) => {
    thrown = await s.post('/', options).then(
      () => null,
      (error: unknown) => error,
    )
  })
  await rehearse({ target: server.url, traffic: 'burst 1', shoppers: [journey] })
  await server.stop()
  expect(String(thrown)).toMatch(message)
  expect(requests).toBe(0)
})
