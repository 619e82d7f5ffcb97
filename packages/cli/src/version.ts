// The version of the package that is running.
import { createRequire } from 'node:module'

const facts = createRequire(import.meta.url)('doorbuster/package.json') as { readonly version: string }

export const version = facts.version
