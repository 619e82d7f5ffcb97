// Personal data by its form: e-mail addresses, card numbers, phone numbers in international form. A guess: what it finds is a warning.
//
// Card numbers have 14 to 19 digits, a known beginning and a last digit that fits (ISO/IEC 7812-1, the formula of H. P. Luhn, US patent
// 2,950,048). Phone numbers are those of ITU-T E.164: a plus and 8 to 15 digits.

import { cover } from '@doorbuster/plan'
import { canaryForm } from './canary.ts'

export type PersonalDatum = { readonly field: 'email' | 'card' | 'phone'; readonly sample: string }

const mostFound = 20
/** Every one costs a look at what stands round it, and a page may be made of them. */
const mostAddressesTried = 2_000

const emailForm = /[\w.%+-]{1,64}(?:@|%40)(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/gi
const cardForm = /(?<![\w.+-])\d(?:[ -]?\d){13,18}(?![\w-])/g
const phoneForm = /(?<![\w+])\+[1-9](?:[ ().-]{0,2}\d){7,14}(?!\w)/g

/** A short text with all of it covered, whoever's it is, and canaries too. */
export function coverPersonal(text: string): string {
  return text
    .replace(emailForm, cover)
    .replace(canaryForm, cover)
    .replace(cardForm, (number) => (hasLuhnDigit(digitsOf(number)) ? cover : number))
    .replace(phoneForm, cover)
}

/** `isMeant`: of an address or number as it stands there, in small letters; such are passed over. */
export function personalDataIn(text: string, isMeant: (value: string) => boolean): readonly PersonalDatum[] {
  return [...emailsIn(text, isMeant), ...cardsIn(text, isMeant), ...phonesIn(text, isMeant)]
}

/** Domains that are nobody's (RFC 2606, RFC 6761): our canaries stand there, and so do examples. */
const reserved = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/
/** `logo@2x.png` is a file. */
const isFile = /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|json|html?|woff2?)$/
const longestLocal = 64
const longestDomain = 255

function emailsIn(text: string, isMeant: (value: string) => boolean): readonly PersonalDatum[] {
  const found: PersonalDatum[] = []
  let tried = 0
  for (let at = text.indexOf('@'); at >= 0 && found.length < mostFound; at = text.indexOf('@', at + 1)) {
    if (tried++ >= mostAddressesTried) return found
    const before = text.slice(Math.max(0, at - longestLocal - 2), at)
    const [local = ''] = /[a-z0-9._%+-]{1,64}$/i.exec(before) ?? []
    const [domain = ''] = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![a-z0-9-])/i.exec(text.slice(at + 1, at + 1 + longestDomain)) ?? []
    // `//user@host` and `//user:word@host` are URLs.
    if (local === '' || domain === '' || /(?:\/\/|\/\/[^/]*:)$/.test(before.slice(0, before.length - local.length))) continue
    const email = `${local}@${domain}`.toLowerCase()
    if (reserved.test(domain.toLowerCase()) || isFile.test(email) || isMeant(email)) continue
    found.push({ field: 'email', sample: `${local.charAt(0)}•••@•••${domain.slice(domain.lastIndexOf('.'))}` })
  }
  return found
}

function cardsIn(text: string, isMeant: (value: string) => boolean): readonly PersonalDatum[] {
  return matches(text, cardForm)
    .filter((number) => isCard(digitsOf(number)) && !isMeant(number) && !isMeant(digitsOf(number)))
    .map((number) => ({ field: 'card', sample: `${number.charAt(0)}••• (${digitsOf(number).length} digits)` }))
}

function isCard(digits: string): boolean {
  return beginnings.some(({ begins, lengths }) => lengths.includes(digits.length) && begins.test(digits)) && hasLuhnDigit(digits)
}

/** Visa, Mastercard, American Express, Discover, JCB, Diners Club. */
const beginnings = [
  { begins: /^4/, lengths: [16, 19] },
  { begins: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { begins: /^3[47]/, lengths: [15] },
  { begins: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { begins: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { begins: /^3(?:0[0-5]|[68])/, lengths: [14] },
]

/** From the right, every second digit counts twice, and the sum of all digits ends in 0. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 0x30
    const weighed = place % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

function phonesIn(text: string, isMeant: (value: string) => boolean): readonly PersonalDatum[] {
  return matches(text, phoneForm)
    .filter((number) => !isNobodys.test(digitsOf(number)) && !isMeant(number) && !isMeant(`+${digitsOf(number)}`))
    .map((number) => ({ field: 'phone', sample: `${number.slice(0, 3)}•••` }))
}

/** A country code that does not exist, under which our own stand; and numbers set aside for fiction in North America and Britain. */
const isNobodys = /^(?:999|1\d{3}55501\d\d$|447700900\d{3}$)/

function matches(text: string, form: RegExp): readonly string[] {
  const found: string[] = []
  for (const [match] of text.matchAll(form)) if (found.push(match) >= mostFound) break
  return found
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
