import { createUndiciTransport } from '../src/undici-transport.ts'
import { connectionLaws } from './connection-laws.ts'
import { endingLaws } from './ending-laws.ts'
import { linkLaws, withoutLinks } from './link-laws.ts'
import { transportLaws } from './transport-laws.ts'

const early = 'undici reads what comes while it writes, and says of its socket afterwards only that it is free'
const refused = 'undici tells what it will not send in errors of its own, by their codes'

transportLaws('undici', createUndiciTransport)
connectionLaws('undici', createUndiciTransport, {
  'a file that is missing or not as long as was said cannot be sent': 'a file goes out as a stream in chunks, its length unchecked',
  'an answer that comes while its text is still being sent is an answer, and its socket is not used again': early,
  'an answer that comes while its file is still being sent is an answer, and its socket is not used again': early,
  'a body without length that ends in a reset is truncated': 'undici takes any end of the connection for the end of the body',
  'a request that says close, prepared or in a patch, is the last of its connection':
    'undici closes that socket a turn later than it answers',
  'an idle socket is not used in the last second for which its server said that it keeps it, nor in the last half of a second that is all':
    'undici counts idle time on its own clock',
  'what nobody can send is told as unsendable, and never thrown': refused,
  'an origin that is none is broken, and never thrown': 'undici throws on an origin that is none',
  'a transport that is closed sends nothing more, not even from within landed': 'it opens a new client whenever it is asked',
})
endingLaws('undici', createUndiciTransport)
linkLaws('undici', createUndiciTransport, { exceptions: withoutLinks })
