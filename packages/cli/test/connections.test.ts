// Flags and environment → how a run goes out, and who of it goes where.
import { createClock } from '@doorbuster/generator'
import { describe, expect, test } from 'vitest'
import { readConnections, refuseOtherFamily } from '../src/connection-flags.ts'
import { detoured, readDetour } from '../src/detour.ts'
import type { WayOut } from '../src/transport-of-run.ts'
import { isDirect, transportName } from '../src/transport-of-run.ts'

const read = (flags: Parameters<typeof readConnections>[1], env: Readonly<Record<string, string>> = {}) =>
  readConnections({ env, cwd: '.' }, flags)
const proxyFor = async (env: Readonly<Record<string, string>>, target: string, flags = {}) =>
  (await read(flags, env)).proxyFor(new URL(target))

describe('a detour', () => {
  const at = (texts: readonly string[], origin: string) => detoured(texts.map(readDetour), origin)?.origin ?? null

  test.each([
    ['shop.test:80:127.0.0.1:4000', 'http://shop.test', 'http://127.0.0.1:4000'],
    ['shop.test:443:127.0.0.1:4000', 'http://shop.test', null],
    ['shop.test:443:127.0.0.1:4000', 'https://shop.test', 'https://127.0.0.1:4000'],
    ['SHOP.test::Staging.test:', 'https://shop.test:8443', 'https://staging.test:8443'],
    ['::[::1]:4000', 'http://any.test', 'http://[::1]:4000'],
    ['[::1]:80::81', 'http://[::1]', 'http://[::1]:81'],
    ['other.test::127.0.0.1:4000', 'http://shop.test', null],
  ])('%s takes %s to %s', (text, origin, expected) => expect(at([text], origin)).toBe(expected))

  test('the first that fits is taken', () =>
    expect(at(['a.test:::1', 'shop.test:::2', ':::3'], 'http://shop.test')).toBe('http://shop.test:2'))
})

describe('a proxy of the environment', () => {
  test.each([
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, 'https://shop.test', 'http://a:1'],
    [{ HTTPS_PROXY: 'http://b:2' }, 'https://shop.test', 'http://b:2'],
    [{ HTTPS_PROXY: 'http://b:2' }, 'http://shop.test', null],
    [{ HTTP_PROXY: 'b:2', http_proxy: '' }, 'http://shop.test', 'http://b:2'],
    [{}, 'http://shop.test', null],
  ])('of %o for %s is %s', async (env, target, expected) => expect((await proxyFor(env, target))?.origin ?? null).toBe(expected))

  test('gives way to the flag, and its secret is no part of its name', async () => {
    const proxy = await proxyFor({ HTTP_PROXY: 'http://b:2' }, 'http://shop.test', { proxy: 'https://me:p%40ss@c:3' })
    expect(proxy).toMatchObject({ origin: 'https://c:3', authorization: `Basic ${btoa('me:p@ss')}`, isForLoopback: true })
  })

  test.each<[readonly string[], string, boolean]>([
    [['shop.test'], 'http://shop.test', true],
    [['shop.test'], 'http://www.shop.test', true],
    [['.shop.test'], 'http://www.shop.test', true],
    [['shop.test'], 'http://myshop.test', false],
    [['shop.test:8080'], 'http://shop.test', false],
    [['shop.test:80'], 'http://shop.test', true],
    [['*'], 'http://shop.test', true],
    [['192.0.2.1', '[::1]'], 'http://192.0.2.1:99', true],
    [['.', ''], 'http://shop.test', false],
    [[], 'http://127.0.0.9:4000', true],
    [[], 'http://shop.localhost', true],
  ])('is, by NO_PROXY=%o, passed by for %s: %o', (except, origin, expected) => {
    expect(isDirect(origin, { except, isForLoopback: false })).toBe(expected)
  })

  test('a proxy that a flag names is for this machine too', () =>
    expect(isDirect('http://127.0.0.1', { except: [], isForLoopback: true })).toBe(false))
})

test('an address of ours that cannot reach the target is refused before the first packet', () => {
  expect(() => refuseOtherFamily(['127.0.0.2'], ['127.0.0.1', '::1'])).not.toThrow()
  expect(() => refuseOtherFamily([], ['::1'])).not.toThrow()
  expect(() => refuseOtherFamily(['127.0.0.2'], ['::1'])).toThrow('USAGE_INVALID --local-address: expected an IPv6 address')
})

describe('a way out', () => {
  const way: WayOut = {
    http: 1,
    tls: { checkCertificates: false, resumes: true },
    localAddresses: ['127.0.0.2'],
    detours: [readDetour('::127.0.0.1:1')],
    proxy: null,
  }
  const proxy = {
    origin: 'http://127.0.0.1:1',
    addresses: ['127.0.0.1'],
    authorization: 'Basic x',
    except: ['a.test'],
    isForLoopback: true,
  }

  test('is plain data, which another thread gets as it is', () => {
    for (const each of [way, { ...way, proxy }]) expect(structuredClone(each)).toEqual(each)
  })

  test('leads through our own client unless the plan or a proxy asks for another', async () => {
    const ways = [way, { ...way, proxy }, { ...way, http: 2 as const }, { ...way, http: 2 as const, proxy }]
    const names = ways.map((each) => transportName(each, createClock()))
    expect(await Promise.all(names)).toEqual(['http/1.1', 'undici', 'http/2', 'http/2'])
  })
})
