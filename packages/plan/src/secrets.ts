// Which names stand for secrets, and text with the secrets in it covered. Knows nothing of plans.
//
// A name is judged by its words, not by its letters: `x-api-key` and `clientKey` are secrets, `monkey` and `x-key-visual` are not.

/** What is shown in place of a secret. */
export const cover = '•••'

/** Secret wherever they stand: `csrf_token`, `session.id`, `user[password]`. */
const anywhere =
  /^(?:authori[sz]ation|auth|cookies?|tokens?|secrets?|passwords?|passphrase|passwd|pwd|credentials?|creds|sessions?|sid|signatures?|sig|jwt|bearer|otp|pin|cvc|cvv|csrf|xsrf)$/
/** Secret when nothing follows: `client-key` is one, `key-visual` and `pass-through` are none. */
const atTheEnd = /^(?:key|pass)$/
/** Words written as one: `accesstoken`, `apikey`, `jsessionid`. */
const glued =
  /(?:auth|cookie|token|secret|password|passwd|credentials?|signature|sessionid|sessid|(?:api|access|auth|client|private|secret|shared|session|signing|encryption|subscription|pass)key)$/

/** Whether a header, cookie, query parameter or JSON member of this name holds a secret. A cautious guess: rather one too many. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name)
  return atTheEnd.test(words.at(-1) ?? '') || words.some((word) => anywhere.test(word) || glued.test(word))
}

/** `X-Auth-Token2`, `xAuthToken` and `x_auth_token` → x, auth, token. */
function wordsOf(name: string): readonly string[] {
  const apart = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
  return apart.toLowerCase().match(/[a-z]+/g) ?? []
}

/** The text with the values of secret parameters covered (`?token=•••`), and the users of URLs; in URLs that stand inside of it too. */
export function covered(text: string): string {
  return coveredParameters(text.replace(/\/\/[^/?#\s]*@/g, `//${cover}@`))
}

/** Text as a form sends it, `name=value&name=value`, covered in the same way. */
export function coveredForm(text: string): string {
  return covered(`?${text}`).slice(1)
}

/** A value runs to the next `&`: where `;` parts parameters too, a secret one is covered past it rather than shown in part. */
function coveredParameters(text: string): string {
  return text.replace(/([?&;])([^?&;=#]*)=([^&#]*)/g, (_, before: string, name: string, value: string) => {
    return `${before}${name}=${isSecretName(decoded(name)) ? cover : coveredValue(value)}`
  })
}

/** A value may hold parameters itself: behind a `;`, or in a URL that is written plainly or encoded. */
function coveredValue(value: string): string {
  const plain = decoded(value)
  if (plain === value) return coveredParameters(value)
  return covered(plain) === plain ? value : cover
}

/** Run by run, so that a stray "%" somewhere hides nothing elsewhere. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
