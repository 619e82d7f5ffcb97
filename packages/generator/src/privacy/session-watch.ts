// One session handed to two shoppers: the cookies that answers set, by their hash. Never keeps a value.
import type { Finding } from '@doorbuster/measurements'
import { isSecretName } from '@doorbuster/plan'
import type { Seen } from './find.ts'
import { findingOf } from './find.ts'
import type { OwnerTable } from './owner-table.ts'

export type SetCookie = { readonly name: string; readonly value: string }

/** For each session: it was looked at, or there is no room left to know it again. */
type SessionsTold = { readonly onLooked: () => void; readonly onFull: () => void }

/** Shorter ones are flags; a session that cannot be guessed has 64 bits and more (OWASP Session Management Cheat Sheet). */
const fewestCharacters = 11
const mostNameCharacters = 40
/** Marks the hash of a cookie in the table, where values of fields stand too. */
const cookieField = -1

export class SessionWatch {
  readonly #owners: OwnerTable
  readonly #named: ReadonlySet<string>
  readonly #tell: SessionsTold

  constructor(owners: OwnerTable, named: readonly string[], tell: SessionsTold) {
    this.#owners = owners
    this.#tell = tell
    this.#named = new Set(named)
  }

  look(seen: Seen, cookies: readonly SetCookie[]): readonly Finding[] {
    return cookies.flatMap(({ name, value }) => {
      if (!this.#isSession(name, value)) return []
      const bytes = Buffer.from(`${name}=${value}`)
      const claimed = this.#owners.claim(bytes, seen.viewer, cookieField)
      if (claimed === 'full') this.#tell.onFull()
      else this.#tell.onLooked()
      if (claimed !== 'another') return []
      const owner = this.#owners.ownerAt(this.#owners.find(bytes, 0, bytes.length))
      const field = name.slice(0, mostNameCharacters).replace(/[^!-~]+/g, '')
      return [findingOf('shared-session', seen, { where: 'header set-cookie', field, owners: [owner], sample: null })]
    })
  }

  #isSession(name: string, value: string): boolean {
    if (this.#named.has(name)) return value !== ''
    return value.length >= fewestCharacters && /\d/.test(value) && isSecretName(name) && !isNoSession.test(name)
  }
}

/** Secret names, or with "cookie" in them, whose values may be the same for many. */
const isNoSession = /consent|notice|banner|polic|csrf|xsrf|pref|lang|locale/i

/** What is set for good; a cookie that is taken back (Max-Age of 0, a day long past) is left out. */
export function setCookies(lines: readonly string[]): readonly SetCookie[] {
  return lines.flatMap((line) => {
    const [, name = '', value = ''] = /^\s*([^=;]+?)\s*=\s*"?([^;"]*)/.exec(line) ?? []
    const isTakenBack = /;\s*max-age\s*=\s*"?(?:0|-)/i.test(line) || /;\s*expires\s*=[^;]*\b(?:1970|1980|1990|2000)\b/i.test(line)
    return name === '' || value === '' || isTakenBack ? [] : [{ name, value: value.trim() }]
  })
}
