// Secrets from the environment: `secret('SHOP_TOKEN')` in a plan. What was read is known to this process from then on, and covered in
// whatever is told or written. State of the module, since a plan's code is given no world: it imports this and calls it while it is loaded.
import { cover, PlanError } from '@doorbuster/plan'

const values = new Map<string, string>()
/** Every way in which a value may stand in a text, the longest first, so that no part uncovers the rest. */
let spellings: readonly string[] = []
/** A shorter one could not be covered without covering half of every report. */
const fewestCharacters = 4

/** The value of a variable of the environment. @throws PlanError where it is not set, empty or too short */
export function secret(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') return refuse(name, 'a variable of the environment with this name that is not empty', 'nothing')
  if (value.length < fewestCharacters) return refuse(name, `a value of at least ${fewestCharacters} characters`, 'a shorter one')
  if (values.get(name) === value) return value
  values.set(name, value)
  spellings = [...new Set([...values.values()].flatMap(spellingsOf))].sort((a, b) => b.length - a.length)
  return value
}

/** The text with every secret in it covered that was read so far. */
export function maskSecrets(text: string): string {
  let masked = text
  for (const spelling of spellings) if (masked.includes(spelling)) masked = masked.replaceAll(spelling, cover)
  return masked
}

function refuse(name: string, expected: string, received: string): never {
  throw new PlanError('PLAN_INVALID', [{ path: `secret(${JSON.stringify(name)})`, expected, received }])
}

function spellingsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    percentEncoded(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ]
}

/** A lone half of a surrogate pair has no such spelling. */
function percentEncoded(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}
