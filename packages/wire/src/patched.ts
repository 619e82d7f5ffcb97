// A request with what one sending of it has differently, for transports that prepare no bytes.
import type { Patch, WireRequest } from './transport.ts'

/** Headers of the patch replace prepared ones of the same name, in any case. */
export function patched(request: WireRequest, patch: Patch | null): WireRequest {
  if (patch === null) return request
  const { path = request.path, headers = {}, body = request.body } = patch
  const replaced = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const kept = Object.entries(request.headers).filter(([name]) => !replaced.has(name.toLowerCase()))
  return { ...request, path, body, headers: { ...Object.fromEntries(kept), ...headers } }
}
