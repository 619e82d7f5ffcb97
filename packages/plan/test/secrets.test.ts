import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covered, coveredForm, isSecretName } from '../src/secrets.ts'

describe('a name', () => {
  const secret = [
    ...['authorization', 'Proxy-Authorization', 'cookie', 'Set-Cookie', 'x-api-key', 'X-Auth-Token', 'WWW-Auth', 'x-csrf-token'],
    ...['token', 'access_token', 'refreshToken', 'accesstoken', 'token2', 'id_token_hint', 'oauth_verifier_secret', 'jwt', 'bearer'],
    ...['secret', 'clientSecret', 'password', 'passwd', 'pwd', 'user[password]', 'newPassword1', 'pass', 'db_pass', 'passphrase'],
    ...['session', 'session.id', 'sessionid', 'JSESSIONID', 'PHPSESSID', 'sid', 'signature', 'sig', 'X-Amz-Signature', 'X-Amz-Credential'],
    ...['client-key', 'clientKey', 'APIKey', 'apikey', 'key', 'privateKey', 'credential', 'credentials', 'otp', 'pin', 'cvv', 'cvc'],
  ]
  const harmless = [
    ...['', 'accept', 'content-type', 'user-agent', 'host', 'etag', 'x-request-id', 'sku', 'qty', 'name', 'email', '7'],
    ...['monkey', 'keyboard', 'x-key-visual', 'key-visual', 'keyword', 'hockey', 'turkey', 'author', 'authorName', 'secretary'],
    ...['passenger', 'pass-through', 'compass', 'sigma', 'signal', 'design', 'obsession', 'inside', 'residue', 'opinion', 'pinned', 'spin'],
    ...['cookiecutter', 'passive', 'bypass_cache', 'tokyo'],
  ]
  test.each(secret)('%j stands for a secret', (name) => expect(isSecretName(name)).toBe(true))
  test.each(harmless)('%j stands for none', (name) => expect(isSecretName(name)).toBe(false))
})

describe('covering', () => {
  test.each([
    ['/p?sku=tv-55&token=abc&page=2', '/p?sku=tv-55&token=•••&page=2'],
    ['/p?token=', '/p?token=•••'],
    ['/p?token=a=b;c?d', '/p?token=•••'],
    ['/p?a=1;token=x', '/p?a=1;token=•••'],
    ['/p;jsessionid=abc?x=1', '/p;jsessionid=•••'],
    ['/p?to%6ben=abc', '/p?to%6ben=•••'],
    ['/p?next=/login?sig=abc', '/p?next=/login?sig=•••'],
    ['/p?next=%2Flogin%3Fsig%3Dabc&x=1', '/p?next=•••&x=1'],
    ['/p?next=%zz%2Flogin%3Fsig%3Dabc', '/p?next=•••'],
    ['/p?q=50%25&sku=a%20b', '/p?q=50%25&sku=a%20b'],
    ['http://ada:abc@shop.example/', 'http://•••@shop.example/'],
    ['/token/abc', '/token/abc'],
    ['no parameters = no secrets', 'no parameters = no secrets'],
  ])('%j gives %j', (text, expected) => expect(covered(text)).toBe(expected))

  test('a form is covered from its first field on', () => expect(coveredForm('pwd=abc&user=ada')).toBe('pwd=•••&user=ada'))

  test('leaves no value of a secret parameter, whatever stands around it', () => {
    const part = fc.stringMatching(/^[a-z%&;=?/.0-9]{0,12}$/)
    fc.assert(
      fc.property(part, part, fc.constantFrom('token', 'api_key', 'Signature', 'p%61ssword'), (before, after, name) => {
        expect(covered(`/p?${before}&${name}=HUNTER${after}`)).not.toContain('HUNTER')
        expect(covered(`/p?next=${encodeURIComponent(`${before}&${name}=HUNTER${after}`)}`)).not.toContain('HUNTER')
      }),
    )
  })

  test('is done after one time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\/[a-z&;=?/]{0,30}$/), (text) => {
        expect(covered(covered(text))).toBe(covered(text))
      }),
    )
  })
})
