// Bytes on sockets: the Transport contract and its implementations.

export type {
  Answered,
  Approved,
  Broken,
  Cancel,
  Lane,
  Now,
  OnDone,
  Transport,
  TransportOptions,
  Unsent,
  WireAnswer,
  WireRequest,
} from './transport.ts'
export { createUndiciTransport } from './undici-transport.ts'
