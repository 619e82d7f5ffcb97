// What a value read from a file must look like, part by part. Knows no files, and nothing of what the parts mean.

/** The first part that is not as it should be; `path` is empty for the value itself. */
export type Mistake = { readonly path: string; readonly expected: string; readonly received: string }

/** Null when the value has the form. */
export type Form = (value: unknown, path?: string) => Mistake | null

/** Any text, also an empty one. */
export const text = scalar('a text', (value) => typeof value === 'string')
export const truth = scalar('true or false', (value) => typeof value === 'boolean')
/** JSON may hold 1e999, which is read as infinity. */
export const finite = scalar('a number', (value) => Number.isFinite(value))
export const amount = scalar('a number, zero or above', (value) => Number.isFinite(value) && Number(value) >= 0)
export const amountAboveZero = scalar('a number above zero', (value) => Number.isFinite(value) && Number(value) > 0)
export const shareBetween = scalar('a number above 0 and below 1', (value) => typeof value === 'number' && value > 0 && value < 1)
export const whole = scalar('a whole number, zero or above', (value) => Number.isSafeInteger(value) && Number(value) >= 0)
export const moment = scalar('a moment such as "2026-11-20T08:00:00.000Z"', (value) => !Number.isNaN(Date.parse(String(value))))

/** One of the keys: an object, so that the compiler sees when a word is missing. */
export function oneOf(words: Readonly<Record<string, true>>): Form {
  const expected = Object.keys(words)
    .map((word) => JSON.stringify(word))
    .join(' or ')
  return scalar(expected, (value) => typeof value === 'string' && Object.hasOwn(words, value))
}

export function orNull(form: Form): Form {
  return (value, path = '') => (value === null ? null : form(value, path))
}

export function optional(form: Form): Form {
  return (value, path = '') => (value === undefined ? null : form(value, path))
}

/** Of any length, of exactly so many, or of so many at most. */
export function listOf(form: Form, length?: number | { readonly most: number }): Form {
  const [least, most] = typeof length === 'number' ? [length, length] : [0, length?.most ?? Number.POSITIVE_INFINITY]
  const expected = length === undefined ? 'a list' : `a list of ${typeof length === 'number' ? length : `${most} at most`}`
  return (value, path = '') => {
    const isList = Array.isArray(value) && value.length >= least && value.length <= most
    if (!isList) return mistake(path, expected, value)
    return first(value.map((each: unknown, index) => () => form(each, `${path}[${index}]`)))
  }
}

/** Every value, whatever its name. */
export function named(form: Form): Form {
  return (value, path = '') => {
    if (!isObject(value)) return mistake(path, 'an object', value)
    return first(
      Object.entries(value).map(
        ([name, each]) =>
          () =>
            form(each, below(path, name)),
      ),
    )
  }
}

/** An object with at least these members. Its type argument is what they make, so that no member can be forgotten. */
export function objectWith<T>(members: { readonly [Name in keyof Required<T>]: Form }): Form {
  const forms = Object.entries<Form>(members)
  return (value, path = '') => {
    if (!isObject(value)) return mistake(path, 'an object', value)
    // Its own members only: an object inherits things under names such as `constructor`.
    const own = new Map<string, unknown>(Object.entries(value))
    return first(
      forms.map(
        ([name, form]) =>
          () =>
            form(own.get(name), below(path, name)),
      ),
    )
  }
}

function scalar(expected: string, fits: (value: unknown) => boolean): Form {
  return (value, path = '') => (fits(value) ? null : mistake(path, expected, value))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function first(checks: readonly (() => Mistake | null)[]): Mistake | null {
  for (const check of checks) {
    const found = check()
    if (found !== null) return found
  }
  return null
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

const longestShown = 80

function mistake(path: string, expected: string, value: unknown): Mistake {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value)
  return { path, expected, received: shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown }
}
