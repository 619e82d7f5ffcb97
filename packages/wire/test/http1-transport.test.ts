import { createHttp1Transport } from '../src/http1-transport.ts'
import { connectionLaws } from './connection-laws.ts'
import { endingLaws } from './ending-laws.ts'
import { linkLaws } from './link-laws.ts'
import { transportLaws } from './transport-laws.ts'

transportLaws('http/1.1', createHttp1Transport)
connectionLaws('http/1.1', createHttp1Transport)
endingLaws('http/1.1', createHttp1Transport)
linkLaws('http/1.1', createHttp1Transport)
