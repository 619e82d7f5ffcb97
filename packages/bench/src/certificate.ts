// A certificate that nobody signed, for an hour of HTTPS on 127.0.0.1.
import { spawnSync } from 'node:child_process'

/** Writes key.pem and certificate.pem. ECDSA, as most shops have it now. @throws Error when openssl cannot */
export function makeCertificate(folder: string): void {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const whose = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const { status, stderr, error } = spawnSync(
    'openssl',
    ['req', '-x509', ...kind, ...whose, '-keyout', 'key.pem', '-out', 'certificate.pem'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`openssl could not make a certificate: ${error?.message ?? stderr}`)
}
