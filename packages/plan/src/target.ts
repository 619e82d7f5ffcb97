// Where a launch goes: an absolute URL, and how a plan keeps it. Whether it may go there is the guard's question.
import type { Problem } from './problems.ts'
import { problem } from './problems.ts'

const expected = 'an absolute http or https URL such as "http://127.0.0.1:4000"'

/** Undefined, with the problem pushed, for anything but an absolute http(s) URL without credentials and fragment. */
export function readTarget(problems: Problem[], path: string, given: unknown): URL | undefined {
  const url = typeof given === 'string' && /^https?:\/\/[^/]/i.test(given) && URL.canParse(given) ? new URL(given) : undefined
  const mistake = mistakeIn(url)
  if (mistake === undefined) return url
  problems.push(problem(path, mistake, typeof given === 'string' ? withoutCredentials(given) : given))
  return undefined
}

function mistakeIn(url: URL | undefined): string | undefined {
  if (url === undefined) return expected
  if (url.username !== '' || url.password !== '') return 'a URL without credentials (send them as a header)'
  return url.hash === '' ? undefined : 'a URL without a fragment, which is never sent'
}

/** Problems end up in logs. */
function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//…@')
}

/** The text that is put before the path of every step. */
export function baseOf({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '')
}
