// A phone number that carries its owner. Numbers set aside for fiction are a hundred or a thousand in each country, far too few for a
// crowd; so these stand under +999, a code that no country has (ITU-T E.164: the list of assigned country codes), in the 15 digits that a
// number may have. Nobody can be rung by them.
//
//   +999 rr oooooooo cc      run, owner, check
//
// Owners repeat after a hundred million arrivals.
import { mix32 } from '@doorbuster/schedule'

/** What is searched for. A number may be written without its plus, and with blanks between its digits. */
export const soughtPhone = '999'

const digitCount = 15
const mostOwners = 1e8
const mostRuns = 100
const mostChecks = 100

export function writePhone(run: number, owner: number): string {
  const shortRun = run % mostRuns
  const shortOwner = owner % mostOwners
  return `+${soughtPhone}${digits(shortRun, 2)}${digits(shortOwner, 8)}${digits(checkOf(shortRun, shortOwner), 2)}`
}

/** The owner whose number of this run begins at `at`, and where it ends; null when there is none. */
export function readPhone(bytes: Uint8Array, at: number, run: number): { readonly owner: number; readonly end: number } | null {
  let number = 0
  let count = 0
  let end = at
  for (; end < bytes.length && count < digitCount; end++) {
    const digit = (bytes[end] ?? 0) - 0x30
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit
      count++
    } else if (!isBetween(bytes[end] ?? 0) || !isDigit(bytes[end + 1] ?? 0)) return null
  }
  if (count < digitCount || isDigit(bytes[end] ?? 0)) return null
  const check = number % mostChecks
  const owner = Math.floor(number / mostChecks) % mostOwners
  const ofRun = Math.floor(number / mostChecks / mostOwners) % mostRuns
  return ofRun === run % mostRuns && check === checkOf(ofRun, owner) ? { owner, end } : null
}

export function isPhoneOf(owner: number, arrival: number): boolean {
  return owner === arrival % mostOwners
}

function checkOf(run: number, owner: number): number {
  return (mix32(mix32(run + 7) ^ owner) >>> 0) % mostChecks
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0')
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Blank, dot, hyphen. */
const isBetween = (byte: number): boolean => byte === 0x20 || byte === 0x2e || byte === 0x2d
