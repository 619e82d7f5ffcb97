// Bytes on sockets: the Transport contract and its implementations.

export { createHttp1Transport } from './http1-transport.ts'
export { loadTransport } from './load-transport.ts'
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
