import { createUndiciTransport } from '../src/undici-transport.ts'
import { transportLaws } from './transport-laws.ts'

transportLaws('undici', createUndiciTransport)
