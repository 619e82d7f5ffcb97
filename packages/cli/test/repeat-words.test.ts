import { describe, expect, test } from 'vitest'
import type { RunFlags } from '../src/plan-of-run.ts'
import { planOfRun } from '../src/plan-of-run.ts'
import { repeatWords } from '../src/repeat-words.ts'

type Flags = Parameters<typeof repeatWords>[1]

async function wordsOf(source: string, flags: Partial<Flags>): Promise<readonly string[] | undefined> {
  const asked: RunFlags = { slo: [], header: [], ...flags }
  return repeatWords(source, { ...asked, ...flags }, await planOfRun(source, asked, '.'))
}

describe('the words that ask for a run again', () => {
  test('are those that were given, each time as text', async () => {
    const flags = { connections: 50, duration: 90_000, timeout: 250, seed: 9, slo: ['p(95) < 500ms', 'errors < 1%, warn'], threads: 2 }
    expect((await wordsOf('http://127.0.0.1:4000/p', flags))?.join(' ')).toBe(
      'http://127.0.0.1:4000/p --duration 90s --connections 50 --slo p(95) < 500ms --slo errors < 1%, warn --timeout 250ms --threads 2 --seed 9',
    )
    expect((await wordsOf('http://127.0.0.1:4000/', { rate: 1_200 / 60 }))?.join(' ')).toBe('http://127.0.0.1:4000/ --rate 20/s --seed 1')
  })

  test('hold no secret: of headers, bodies, the URL or a proxy', async () => {
    const words = await wordsOf('http://127.0.0.1:4000/p?token=hunter2&a=1', {
      rate: 1,
      header: ['authorization: Bearer hunter2', 'x-note: Basic hunter2', 'x-shop: ours'],
      body: '{"password":"hunter2"}',
      proxy: 'http://ann:hunter2@127.0.0.1:3128',
      key: 'keys/of/ann/me.pem',
    })
    expect(words?.join('\n')).not.toMatch(/hunter2|ann|keys/)
    expect(words).toEqual(expect.arrayContaining(['authorization: •••', 'x-note: •••', 'x-shop: ours', '•••', 'me.pem']))
  })

  test('repeat a body of JSON, and cover one of which nobody knows what it holds', async () => {
    expect(await wordsOf('http://127.0.0.1:4000/', { rate: 1, body: '{"sku":"tv"}' })).toContain('{"sku":"tv"}')
    expect(await wordsOf('http://127.0.0.1:4000/', { rate: 1, body: 'ann@example.test' })).toContain('•••')
  })

  test('are none for a plan, whose file is told by nobody', async () => {
    const plan = await planOfRun('http://127.0.0.1:4000/', { rate: 1, slo: [], header: [] }, '.')
    expect(repeatWords('launch.plan.ts', { slo: [], header: [] }, plan)).toBeUndefined()
  })
})
