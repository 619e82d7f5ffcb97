// Shoppers' accounts: the one place where the shop keeps who somebody is. Knows nothing of sessions or HTTP.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

export type Contact = { readonly email: string; readonly name: string; readonly address: string; readonly phone: string }
export type Changes = Partial<Omit<Contact, 'email'>>

export type Accounts = {
  /** The account's id; undefined for a wrong password. The first login with an e-mail opens its account. */
  login(email: string, password: string): number | undefined
  contact(id: number): Contact | undefined
  change(id: number, changes: Changes): void
}

type Proven = { readonly id: number; readonly salt: Uint8Array; readonly proof: Uint8Array }

export function createAccounts(database: DatabaseSync): Accounts {
  const find = database.prepare('SELECT id, salt, proof FROM accounts WHERE email = ?')
  const open = database.prepare('INSERT INTO accounts (email, salt, proof) VALUES (?, ?, ?) RETURNING id')
  const contact = database.prepare('SELECT email, name, address, phone FROM accounts WHERE id = ?')
  const change = database.prepare(
    'UPDATE accounts SET name = COALESCE(:name, name), address = COALESCE(:address, address), phone = COALESCE(:phone, phone) WHERE id = :id',
  )
  return {
    login(email, password) {
      const known = find.get(email) as Proven | undefined
      if (known !== undefined) return timingSafeEqual(prove(password, known.salt), known.proof) ? known.id : undefined
      const salt = randomBytes(16)
      return (open.get(email, salt, prove(password, salt)) as { id: number }).id
    },
    contact: (id) => contact.get(id) as Contact | undefined,
    change: (id, { name = null, address = null, phone = null }) => void change.run({ id, name, address, phone }),
  }
}

// A shop for real people hashes slowly on purpose. This one has invented shoppers, and nothing slow but what a switch says.
function prove(password: string, salt: Uint8Array): Uint8Array {
  return createHash('sha256').update(salt).update(password).digest()
}
