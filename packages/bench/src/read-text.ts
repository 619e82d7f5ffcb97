// Numbers out of what programs print for people. Knows no program.

/** The sum of the first group over all matches. @throws Error when no line says it */
export function counted(stdout: string, pattern: RegExp): number {
  const found = [...stdout.matchAll(pattern)]
  if (found.length === 0)
    throw new Error(`its output does not say how many requests were answered: ${JSON.stringify(stdout.slice(0, 200))}`)
  return found.reduce((sum, [, count]) => sum + Number(count), 0)
}

/** The first group of the first match; undefined when nothing matches. */
export function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

const msOf: Readonly<Record<string, number>> = { us: 1e-3, ms: 1, s: 1e3, m: 60e3 }

/** `238.00us`, `20.31ms`, `1.02s` → ms; undefined for anything else. */
export function milliseconds(text: string | undefined): number | undefined {
  const [, value, unit = ''] = /^([\d.]+)(us|ms|s|m)$/.exec(text ?? '') ?? []
  const ms = msOf[unit]
  return value === undefined || ms === undefined ? undefined : Number(value) * ms
}
