// A request as a proxy wants it that is told whole URLs.
import type { HttpProxy, WireRequest } from './transport.ts'

/** RFC 9112 §3.2.2: the path is the whole URL. */
export function throughProxy(request: WireRequest, { authorization }: HttpProxy): WireRequest {
  const { origin, path, headers } = request
  const secret = authorization === undefined ? {} : { 'proxy-authorization': authorization }
  return { ...request, path: origin + path, headers: { ...headers, ...secret } }
}
