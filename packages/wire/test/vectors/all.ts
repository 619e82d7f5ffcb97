// Every table of vectors by the name under which the package's README cites it.
import { chunked } from './chunked.ts'
import { counted } from './counted.ts'
import { framing } from './framing.ts'
import { headerLines } from './header-lines.ts'
import { informational } from './informational.ts'
import { keepAlive } from './keep-alive.ts'
import { limits } from './limits.ts'
import { noBody } from './no-body.ts'
import { statusLines } from './status-lines.ts'
import type { Vector } from './vector.ts'

export const vectors: Readonly<Record<string, readonly Vector[]>> = {
  counted,
  chunked,
  framing,
  'no-body': noBody,
  informational,
  'keep-alive': keepAlive,
  'status-lines': statusLines,
  'header-lines': headerLines,
  limits,
}
