// Who is logged in: session ids and the accounts behind them. In memory, so a restart logs everybody out.
import { randomUUID } from 'node:crypto'

export type Sessions = {
  /** Opens a session for the account; answers its id. */
  open(account: number): string
  accountOf(id: string | undefined): number | undefined
}

const mostSessions = 200_000

export function createSessions(newId: () => string = randomUUID): Sessions {
  const accounts = new Map<string, number>()
  return {
    open(account) {
      const id = newId()
      accounts.set(id, account)
      // The oldest makes room: a crowd must not fill the memory.
      for (const oldest of accounts.keys()) {
        if (accounts.size <= mostSessions) break
        accounts.delete(oldest)
      }
      return id
    },
    accountOf: (id) => (id === undefined ? undefined : accounts.get(id)),
  }
}
