import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LiveServer } from '../../src/ui/live-server.ts'

const token = 'a-token-that-nobody-guesses'
let server: LiveServer
let url: string
let stops: number
let readers: number

beforeEach(async () => {
  stops = 0
  readers = 0
  server = new LiveServer({
    port: 0,
    token,
    frame: (nonce) => `<script nonce="${nonce}"></script>`,
    onStop: () => {
      stops++
    },
    onReader: () => {
      readers++
    },
  })
  url = `http://127.0.0.1:${await server.listen()}/${token}/`
})
afterEach(() => server.end(null, 0))

type Stream = { readonly until: (text: string) => Promise<string>; readonly leave: () => Promise<void> }

async function listen(): Promise<Stream> {
  const { body, status } = await fetch(`${url}events`)
  if (body === null || status !== 200) throw new Error(`status ${status}`)
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    until: async (wanted) => {
      while (!text.includes(wanted)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`it ended without ${wanted}: ${text}`)
        text += value
      }
      return text
    },
    leave: () => reader.cancel(),
  }
}

describe('a stream', () => {
  test('brings who comes late, or comes back, all there is', async () => {
    const first = await listen()
    server.show({ now: 'one' })
    await first.until('"now":"one"')
    await first.leave()
    server.show({ now: 'two' })
    const back = await listen()
    const text = await back.until('"now":"two"')
    expect(text).toContain('retry: 1000\n')
    expect(text).toContain('id: 2\n')
    expect(text).not.toContain('one')
    expect(readers).toBe(2)
  })

  test('is one of eight at most', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, listen))
    expect((await fetch(`${url}events`)).status).toBe(503)
    await Promise.all(all.map((each) => each.leave()))
  })

  test('cannot be broken out of by what it carries', async () => {
    const stream = await listen()
    server.show({ now: '\n\nevent: end\ndata: report\n\n' })
    expect(await stream.until('\\n\\n"}\n\n')).not.toMatch(/^event: end/m)
  })
})

describe('the end', () => {
  test('waits until every page has the report, and then nobody listens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorbuster-'))
    const reportFile = join(folder, 'report.html')
    writeFileSync(reportFile, 'the report')
    const stream = await listen()
    const ended = server.end(reportFile, 60_000)
    await stream.until('event: end\ndata: report\n\n')
    expect(await (await fetch(`${url}report.html`)).text()).toBe('the report')
    await ended
    await expect(fetch(url)).rejects.toThrow()
    rmSync(folder, { recursive: true })
  })

  test('is said where there is no report, too', async () => {
    const stream = await listen()
    const ended = server.end(null, 60_000)
    await stream.until('event: end\ndata: no report\n\n')
    await ended
  })
})

test('the page lets in what carries its nonce, a new one each time, and is framed by nobody', async () => {
  const answers = await Promise.all([fetch(url), fetch(url)])
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  const nonces = pages.map((page) => /nonce="([^"]+)"/.exec(page)?.[1] ?? '')
  expect(new Set(nonces).size).toBe(2)
  for (const [index, answer] of answers.entries()) {
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`script-src 'nonce-${nonces[index]}'`)
    expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/)
    expect(answer.headers.get('access-control-allow-origin')).toBe(null)
  }
})

test('the button is heard, and a report that is not written yet is not there', async () => {
  expect((await fetch(`${url}stop`, { method: 'POST' })).status).toBe(202)
  expect(stops).toBe(1)
  expect((await fetch(`${url}report.html`)).status).toBe(404)
})
