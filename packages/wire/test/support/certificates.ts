// Certificates for tests, made once by the openssl program in a folder of their own. Keys are as cheap as what is tested allows.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PEM. */
export type Certified = { readonly cert: string; readonly key: string }

export type Wanted = {
  /** As openssl's `-newkey` and `-pkeyopt` have them. */
  readonly key?: readonly string[]
  /** Subject alternative names, such as `DNS:shop.test,IP:127.0.0.1`. */
  readonly names?: string
  /** Name of the one who signs; default `root`; null: itself. */
  readonly by?: string | null
  readonly isAuthority?: boolean
  /** Days of validity; negative: it has ended. */
  readonly days?: number
}

const p256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

/** Null, with a reason on the terminal, where there is no openssl: CI must install it. */
export function openCertificates(): Certificates | null {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return new Certificates()
  } catch {
    process.stderr.write('no openssl program here: tests of TLS are skipped (apt-get install openssl)\n')
    return null
  }
}

export class Certificates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'doorbuster-certificates-'))

  constructor() {
    this.make('root', { by: null, isAuthority: true })
  }

  make(
    name: string,
    { key = p256, names = 'DNS:localhost,IP:127.0.0.1', by = 'root', isAuthority = false, days = 2 }: Wanted = {},
  ): Certified {
    const extensions = isAuthority
      ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
      : `basicConstraints=critical,CA:FALSE\n${names === '' ? '' : `subjectAltName=${names}\n`}`
    writeFileSync(this.#path(name, 'ext'), extensions)
    this.#openssl(
      'req',
      '-new',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      this.#path(name, 'key'),
      '-out',
      this.#path(name, 'csr'),
      '-subj',
      `/CN=${name}`,
    )
    const signer =
      by === null
        ? ['-signkey', this.#path(name, 'key')]
        : ['-CA', this.#path(by, 'pem'), '-CAkey', this.#path(by, 'key'), '-CAcreateserial']
    const out = ['-in', this.#path(name, 'csr'), '-out', this.#path(name, 'pem'), '-extfile', this.#path(name, 'ext')]
    this.#openssl('x509', '-req', ...out, ...signer, '-days', String(days))
    return { cert: this.#read(name, 'pem'), key: this.#read(name, 'key') }
  }

  get root(): string {
    return this.#read('root', 'pem')
  }

  /** The key of a certificate, under a passphrase. */
  locked(name: string, passphrase: string): string {
    this.#openssl('pkey', '-in', this.#path(name, 'key'), '-aes256', '-passout', `pass:${passphrase}`, '-out', this.#path(name, 'locked'))
    return this.#read(name, 'locked')
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #path(name: string, ending: string): string {
    return join(this.#folder, `${name}.${ending}`)
  }

  #read(name: string, ending: string): string {
    return readFileSync(this.#path(name, ending), 'utf8')
  }

  #openssl(...given: readonly string[]): void {
    execFileSync('openssl', [...given], { stdio: ['ignore', 'ignore', 'pipe'] })
  }
}
