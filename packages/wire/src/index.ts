// Bytes on sockets: the Transport contract and its implementations.

export type { Certificate, Greeting, GreetOptions, TlsVersion } from './greet.ts'
export { greet } from './greet.ts'
export { createHttp1Transport } from './http1-transport.ts'
export type { Live, LiveConnection, LiveKind, LiveMessage, LiveReceiver, LiveTransport } from './live.ts'
export { loadTransport } from './load-transport.ts'
export { patched } from './patched.ts'
export type {
  Answered,
  Approved,
  Body,
  Broken,
  Budget,
  FileBody,
  Headers,
  HttpProxy,
  Lane,
  Link,
  Now,
  Patch,
  Prepared,
  Receiver,
  Sending,
  TlsOptions,
  Transport,
  TransportOptions,
  Unsent,
  WireAnswer,
  WireRequest,
} from './transport.ts'
