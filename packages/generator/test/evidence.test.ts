import { expect, test } from 'vitest'
import { sampler } from '../src/evidence.ts'

const moments = { sentMs: 0, doneMs: 1, bytesIn: 0, bytesOut: 0, connectMs: null }

test('a sample never holds the value of a secret header, not even when the server repeats it', () => {
  const sample = sampler({ authorization: 'Bearer s3cr3t-token', 'x-plain': 'visible' })
  const body = Buffer.from('you sent Bearer s3cr3t-token (s3cr3t-token) and visible')
  const { body: kept } = sample(
    'x',
    'status:500',
    {
      kind: 'answered',
      status: 500,
      firstByteMs: 1,
      header: () => undefined,
      body,
      ...moments,
    },
    {},
  )
  expect(kept).toBe('you sent ••• (•••) and visible')
})

test('a sample is short, however long the body', () => {
  const body = Buffer.alloc(1_000_000, 'x')
  const sample = sampler({})(
    'x',
    'status:500',
    {
      kind: 'answered',
      status: 500,
      firstByteMs: 1,
      header: () => undefined,
      body,
      ...moments,
    },
    {},
  )
  expect(sample.body?.length).toBe(300)
})

test('secrets of the request itself, single cookies and long ones are masked too', () => {
  const token = `eyJ${'x'.repeat(2_000)}`
  const own = { cookie: `theme=dark; sid=${token}`, 'x-signature': 'sig-1234' }
  const body = Buffer.from(`${'.'.repeat(200)}${token} and sig-1234`)
  const answer = { kind: 'answered', status: 401, firstByteMs: 1, header: () => undefined, body, ...moments } as const
  expect(sampler({})('x', 'status:401', answer, own).body).toBe(`${'.'.repeat(200)}••• and •••`)
})
