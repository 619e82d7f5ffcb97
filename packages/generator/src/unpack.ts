// Bodies as they were before the server packed them: gzip, deflate, br and zstd, one in the other. A packed bomb is stopped at a cap.
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

export type Unpacked = { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'failed'; readonly cause: string }

/** As much as a body may have unpacked in the first place. */
const mostBytes = 64 * 1024 * 1024
const mostCodings = 3

type Limits = { readonly maxOutputLength: number }

const codings: Readonly<Record<string, (bytes: Uint8Array, limits: Limits) => Buffer>> = {
  gzip: (bytes, limits) => gunzipSync(bytes, limits),
  'x-gzip': (bytes, limits) => gunzipSync(bytes, limits),
  deflate: (bytes, limits) => inflateSync(bytes, limits),
  br: (bytes, limits) => brotliDecompressSync(bytes, limits),
  zstd: (bytes, limits) => zstdDecompressSync(bytes, limits),
}

/** `contentEncoding` is the header's value: applied in that order, so undone from its end. What is above `most` bytes unpacked has failed. */
export function unpack(body: Uint8Array, contentEncoding: string | undefined, most = mostBytes): Unpacked {
  const names = namesIn(contentEncoding)
  if (names.length > mostCodings) return { kind: 'failed', cause: 'malformed:content-encoding' }
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  for (const name of names.toReversed()) {
    const undo = Object.hasOwn(codings, name) ? codings[name] : undefined
    // A coding that nobody here knows is no mistake of the server's: the bytes are shown as they came.
    if (undo === undefined) break
    try {
      bytes = undo(bytes, { maxOutputLength: most }) as typeof bytes
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      return { kind: 'failed', cause: isTooLarge ? 'too-large' : 'malformed:content-encoding' }
    }
  }
  return { kind: 'bytes', bytes }
}

function namesIn(contentEncoding: string | undefined): readonly string[] {
  if (contentEncoding === undefined) return []
  const names = contentEncoding.split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '' && name !== 'identity')
}
