// Samples of failures for the run folder: the first few of each cause, cut short, with every known secret masked.
import type { FailureSample } from '@doorbuster/measurements'
import type { WireAnswer } from '@doorbuster/wire'

const mostBodyCharacters = 300

const secretName = /auth|cookie|token|secret|password|api-?key|session/i

/** `headers` are the plan's own: the values of those that name a secret never leave this function's result unmasked. */
export function sampler(headers: Readonly<Record<string, string>>): (step: string, cause: string, answer: WireAnswer) => FailureSample {
  const secrets = Object.entries(headers)
    .filter(([name, value]) => secretName.test(name) && value.length > 3)
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, '')])
  const mask = (text: string): string => secrets.reduce((masked, secret) => masked.replaceAll(secret, '•••'), text)
  return (step, cause, answer) => {
    if (answer.kind !== 'answered') return { step, status: 0, cause }
    const text = answer.body === null ? '' : Buffer.from(answer.body.subarray(0, 4 * mostBodyCharacters)).toString('utf8')
    return { step, status: answer.status, cause, ...(text === '' ? {} : { body: mask(text).slice(0, mostBodyCharacters) }) }
  }
}
