// Samples of failures for the run folder: the first few of each cause, cut short, with every secret that was sent and everything that looks like
// somebody's own masked.
import type { FailureSample } from '@doorbuster/measurements'
import type { Mask } from '@doorbuster/plan'
import { isSecretName } from '@doorbuster/plan'
import type { WireAnswer } from '@doorbuster/wire'
import { coverPersonal } from './privacy/personal-data.ts'

type Headers = Readonly<Record<string, string>>

const mostBodyCharacters = 300
/** Far more than is shown: what is cut in the middle could not be recognised. */
const mostCoveredCharacters = 2_000
/** Enough for any header a server takes; a secret that is cut in the middle could not be found any more. */
const mostMaskedBytes = 1 << 16
const shortestSecret = 4

/** `headers` are the plan's own; those of the request come with it. The values of those that name a secret never come out unmasked, nor what `maskOwn` knows. */
export function sampler(
  headers: Headers,
  maskOwn: Mask = (text) => text,
): (step: string, cause: string, answer: WireAnswer, own: Headers) => FailureSample {
  const planSecrets = secretsOf(headers)
  return (step, cause, answer, own) => {
    if (answer.kind !== 'answered') return { step, status: 0, cause }
    const text = answer.body === null ? '' : Buffer.from(answer.body.subarray(0, mostMaskedBytes)).toString('utf8')
    const masked = coverPersonal(mask(maskOwn(text), [...planSecrets, ...secretsOf(own)]).slice(0, mostCoveredCharacters))
    return { step, status: answer.status, cause, ...(masked === '' ? {} : { body: masked.slice(0, mostBodyCharacters) }) }
  }
}

/** The whole value, what follows its scheme, and each cookie of several. Longest first, so that no part uncovers the rest. */
function secretsOf(headers: Headers): readonly string[] {
  const values = Object.entries(headers).filter(([name]) => isSecretName(name))
  const parts = values.flatMap(([, value]) => [
    value,
    value.replace(/^\S+\s+/, ''),
    ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, '')),
  ])
  return [...new Set(parts)].filter((part) => part.length >= shortestSecret).sort((a, b) => b.length - a.length)
}

function mask(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, '•••'), text)
}
