// Ed25519 over a sign-off: signing with a private key, and what a signature proves. Reads no files.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { SignOff } from '@doorbuster/measurements'
import { canonicalJson } from '@doorbuster/plan'
import { UsageError } from '../usage.ts'

/** @throws UsageError for what is no Ed25519 private key in PEM; what stands there is never repeated. */
export function withProof(signOff: SignOff, privatePem: string): SignOff {
  const key = ed25519('--key', 'an Ed25519 private key in PEM, without a passphrase', () => createPrivateKey(privatePem))
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return { ...signOff, proof: { publicKey, ed25519: sign(null, signedBytes(signOff), key).toString('base64') } }
}

/** @throws UsageError for what is no Ed25519 public key in PEM. */
export function publicKeyOf(pem: string): string {
  const key = ed25519('--trust', 'an Ed25519 public key in PEM', () => {
    // A private key would do as well, and whoever checks must not have it.
    if (pem.includes('PRIVATE KEY')) throw new Error('a private key')
    return createPublicKey(pem)
  })
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

/** Whether the holder of the key that the proof names signed exactly this. False without a proof. */
export function isProven(signOff: SignOff): boolean {
  const { proof } = signOff
  if (proof === undefined) return false
  try {
    const key = createPublicKey(proof.publicKey)
    return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(signOff), key, Buffer.from(proof.ed25519, 'base64'))
  } catch {
    return false
  }
}

/** The first 16 hex digits of the key's sha256, for people to compare. */
export function fingerprint(publicKey: string): string {
  try {
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
    return createHash('sha256').update(der).digest('hex').slice(0, 16)
  } catch {
    return 'unreadable'
  }
}

/** Two texts of one key may differ in their line breaks. */
export function isSameKey(left: string, right: string): boolean {
  return fingerprint(left) !== 'unreadable' && fullHash(left) === fullHash(right)
}

function fullHash(publicKey: string): string {
  return createHash('sha256')
    .update(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function signedBytes({ proof: _, ...said }: SignOff): Buffer {
  return Buffer.from(canonicalJson(said))
}

function ed25519<Key extends { readonly asymmetricKeyType?: string }>(flag: string, expected: string, read: () => Key): Key {
  try {
    const key = read()
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // What OpenSSL says of it helps nobody, and may quote it.
  }
  throw new UsageError(flag, expected, 'something else')
}
