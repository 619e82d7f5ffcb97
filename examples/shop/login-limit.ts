// Counts wrong passwords, so that nobody can try them all. Knows nothing of passwords.

export type LoginLimit = {
  /** Seconds until this e-mail may try again; undefined when it may now. */
  waitSec(email: string): number | undefined
  failed(email: string): void
}

const mostWrong = 5
const withinMs = 60_000
const mostRemembered = 10_000

/** Five wrong passwords a minute for each e-mail, counted from the first. Right ones cost nothing. */
export function createLoginLimit(nowMs: () => number): LoginLimit {
  const wrong = new Map<string, { readonly count: number; readonly untilMs: number }>()
  const current = (email: string) => {
    const entry = wrong.get(email)
    return entry !== undefined && entry.untilMs > nowMs() ? entry : { count: 0, untilMs: nowMs() + withinMs }
  }
  return {
    waitSec(email) {
      const { count, untilMs } = current(email)
      return count < mostWrong ? undefined : Math.ceil((untilMs - nowMs()) / 1_000)
    },
    failed(email) {
      const { count, untilMs } = current(email)
      wrong.delete(email)
      wrong.set(email, { count: count + 1, untilMs })
      const [oldest] = wrong.keys()
      if (wrong.size > mostRemembered && oldest !== undefined) wrong.delete(oldest)
    },
  }
}

export const noLoginLimit: LoginLimit = { waitSec: () => undefined, failed: () => undefined }
