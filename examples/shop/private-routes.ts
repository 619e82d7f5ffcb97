// Logging in, and what only the shopper who did may see.
import { accountPage } from './pages.ts'
import type { Reply } from './replies.ts'
import { html, json, privately, refuse } from './replies.ts'
import type { Request, Shop } from './route.ts'
import type { Visit } from './visit.ts'
import { cookieOf } from './visit.ts'
import { parseChanged, parseLogin } from './wishes.ts'

const sessionCookie = 'sid'
// Not Secure: the shop speaks plain HTTP on loopback, where a browser would throw such a cookie away.
const cookieRules = 'Path=/; HttpOnly; SameSite=Lax'

/** Undefined for a shopper who has not logged in. */
export function accountBehind({ sessions }: Shop, visit: Visit): number | undefined {
  return sessions.accountOf(cookieOf(visit, sessionCookie))
}

export function login({ accounts, sessions, logins }: Shop, { body }: Request): Reply {
  const parsed = parseLogin(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem, privately)
  const { email, password } = parsed.login
  const waitSec = logins.waitSec(email)
  // Before the password is looked at: a limit that lets right guesses through is none.
  if (waitSec !== undefined)
    return refuse(429, 'too-many-logins', 'Too many wrong passwords.', { ...privately, 'retry-after': `${waitSec}` })
  const account = accounts.login(email, password)
  if (account !== undefined)
    return json(200, { email }, { ...privately, 'set-cookie': `${sessionCookie}=${sessions.open(account)}; ${cookieRules}` })
  logins.failed(email)
  return refuse(401, 'wrong-password', 'This is not the password.', privately)
}

export function showAccount(shop: Shop, { visit }: Request): Reply {
  const account = accountBehind(shop, visit)
  const contact = account === undefined ? undefined : shop.accounts.contact(account)
  return contact === undefined ? notLoggedIn : html(accountPage(contact), privately)
}

export function changeAccount(shop: Shop, { visit, body }: Request): Reply {
  const account = accountBehind(shop, visit)
  if (account === undefined) return notLoggedIn
  const parsed = parseChanged(body)
  if ('problem' in parsed) return refuse(400, 'bad-request', parsed.problem, privately)
  shop.accounts.change(account, parsed.changed)
  return json(200, shop.accounts.contact(account) ?? {}, privately)
}

const notLoggedIn = refuse(401, 'not-logged-in', 'Log in first.', privately)
