// The assets of one page: asked for over a few connections at once, from the first link to the last answer. What they bring is thrown away,
// but for style sheets, which name more of them. An asset is due when its turn comes, so waiting for a connection is in the page's time alone.
import type { CutSlot, Slot } from '@doorbuster/measurements'
import type { AssetCounts, RequestOptions } from '@doorbuster/plan'
import type { Headers, Lane } from '@doorbuster/wire'
import type { Desk } from '../desk.ts'
import type { Call } from '../errand.ts'
import type { Asker } from '../journey-errand.ts'
import { JourneyErrand } from '../journey-errand.ts'
import { journeyHeaders } from '../journey-request.ts'
import type { Layer } from '../layers.ts'
import { unpack } from '../unpack.ts'
import type { AssetUrl } from './asset-url.ts'
import { assetUrl } from './asset-url.ts'
import type { BrowserCache, Cached } from './browser-cache.ts'
import { linksInCss } from './css-links.ts'

export type PageLoadOptions = {
  readonly desk: Desk
  readonly lane: Lane
  readonly layers: readonly Layer[]
  readonly cuts: readonly CutSlot[]
  /** Of the assets. */
  readonly slot: Slot
  readonly timeoutMs: number
  /** The document's own URL. */
  readonly page: string
  readonly whose: 'same-origin' | 'approved'
  readonly most: number
  readonly connections: number
  /** Null: nothing is remembered. */
  readonly cache: BrowserCache | null
}

type Asset = Extract<AssetUrl, { readonly kind: 'asset' }>
/** `level` 0: named by the page; sheets that another sheet imports are at 1, and are not read. */
type Wanted = { readonly asset: Asset; readonly isStyle: boolean; readonly level: 0 | 1 }
type UnderWay = Wanted & { readonly known: Cached | undefined }

const mostSheetBytes = 1024 * 1024
const notAsked: Headers = {}

/** Its answer is a view, read at once: most of what assets bring is thrown away. Layers are promised that it was kept. */
class AssetErrand extends JourneyErrand {
  readonly #load: PageLoad
  readonly #isKept: boolean

  constructor(load: PageLoad, { desk, slot, layers }: PageLoadOptions, call: Call, to: JourneyErrand['to']) {
    super(desk, slot, call, load, to, noOptions, nobody, nobody)
    this.#load = load
    this.#isKept = layers.length > 0
  }

  protected override onLanded(): void {
    if (this.#isKept && this.answer?.kind === 'answered') this.answer.keep()
    this.#load.landed(this)
  }
}

const noOptions: RequestOptions = {}

export class PageLoad implements Asker {
  readonly #options: PageLoadOptions
  readonly #counts = { asked: 0, ok: 0, failed: 0, unchanged: 0, cached: 0, skipped: 0 }
  readonly #seen = new Set<string>()
  readonly #queue: Wanted[] = []
  readonly #under = new Map<JourneyErrand, UnderWay>()
  readonly #onDone: (counts: AssetCounts, doneMs: number | null) => void
  /** When the last answer came; null: none has. */
  #doneMs: number | null = null
  #isOver = false

  /** `onDone` is called once: when nothing is left to ask for, or never after `cancel`. */
  constructor(options: PageLoadOptions, onDone: (counts: AssetCounts, doneMs: number | null) => void) {
    this.#options = options
    this.#onDone = onDone
    this.#seen.add(options.page)
  }

  /** Links beside a `base` that they are read against. */
  add(links: readonly { readonly url: string; readonly isStyle: boolean }[], base: string, level: 0 | 1): void {
    for (const { url, isStyle } of links) {
      const found = assetUrl(url, base, this.#options.page)
      if (found.kind === 'refused') this.#counts.skipped++
      if (found.kind !== 'asset' || this.#seen.has(found.href)) continue
      this.#seen.add(found.href)
      if (this.#isAskable(found)) this.#queue.push({ asset: found, isStyle, level })
      else this.#counts.skipped++
    }
  }

  /** Asks for what there is a connection for. */
  goOn(): void {
    while (this.#under.size < this.#options.connections && !this.#isOver) {
      const next = this.#queue.shift()
      if (next === undefined) break
      this.#ask(next)
    }
    if (this.#under.size === 0 && !this.#isOver) this.#end()
  }

  cancel(): void {
    this.#isOver = true
    for (const errand of [...this.#under.keys()]) errand.sending?.cancel()
  }

  landed(errand: JourneyErrand): void {
    const under = this.#under.get(errand)
    this.#under.delete(errand)
    this.#doneMs = errand.answer?.doneMs ?? this.#options.desk.clock.now()
    if (errand.answer?.kind === 'answered') for (const layer of this.#options.layers) layer.answered?.(errand.answer, errand)
    const { outcome } = errand
    errand.settleAsIs()
    if (outcome?.kind === 'ok' || outcome?.kind === 'degraded') this.#counts.ok++
    else this.#counts.failed++
    if (this.#isOver) return
    if (under !== undefined) this.#digest(errand, under)
    this.goOn()
  }

  #isAskable({ origin, href }: Asset): boolean {
    const { page, whose, desk } = this.#options
    return whose === 'same-origin' ? href.startsWith(`${new URL(page).origin}/`) : desk.approves(origin)
  }

  #ask(wanted: Wanted): void {
    const { desk, cache, most } = this.#options
    const known = cache?.find(wanted.asset.href)
    if (known !== undefined && known.freshUntilMs > desk.clock.now()) {
      this.#counts.cached++
      return this.#read(known.links, wanted)
    }
    if (this.#counts.asked >= most) return void this.#counts.skipped++
    this.#counts.asked++
    this.#send({ ...wanted, known })
  }

  #send(wanted: UnderWay): void {
    const { desk, lane, layers, cuts, timeoutMs, page } = this.#options
    const { origin, path } = wanted.asset
    const referer = page.startsWith(`${origin}/`) ? page : `${new URL(page).origin}/`
    const own = { referer, ...(wanted.known?.validators ?? notAsked) }
    const to = { method: 'GET', origin, path }
    const headers = journeyHeaders(notAsked, own, layers, to)
    const call = { ...desk.callTo(origin, 'GET', timeoutMs), statuses: undefined, headers }
    const errand = new AssetErrand(this, this.#options, call, to)
    errand.attempt = 'none'
    errand.cuts = cuts
    errand.patch = { path, headers, body: null }
    this.#under.set(errand, wanted)
    desk.send(lane, errand, null, desk.clock.now())
  }

  /** The answer's views hold until this returns. */
  #digest({ answer }: JourneyErrand, wanted: UnderWay): void {
    if (answer?.kind !== 'answered') return
    const { cache, desk } = this.#options
    const isSame = answer.status === 304 && wanted.known !== undefined
    if (isSame) this.#counts.unchanged++
    if (!isSame && answer.status !== 200) return
    const isRead = wanted.isStyle && wanted.level === 0
    const links = isSame ? (wanted.known?.links ?? []) : isRead ? linksIn(answer.body, answer.header('content-encoding')) : []
    cache?.keep(wanted.asset.href, answer, links, desk.clock.now())
    this.#read(links, wanted)
  }

  #read(links: readonly string[], { asset, level }: Wanted): void {
    if (level === 0 && links.length > 0) this.add(links.map(plain), asset.href, 1)
  }

  #end(): void {
    this.#isOver = true
    const { recorder } = this.#options.desk
    if (this.#counts.skipped > 0) recorder.number('page.skipped', this.#counts.skipped)
    this.#onDone(this.#counts, this.#doneMs)
  }
}

const plain = (url: string) => ({ url, isStyle: false })
const nobody = (): void => {}

function linksIn(body: Uint8Array | null, contentEncoding: string | undefined): readonly string[] {
  const unpacked = unpack(body ?? new Uint8Array(0), contentEncoding, mostSheetBytes)
  return unpacked.kind === 'bytes' ? linksInCss(unpacked.bytes.subarray(0, mostSheetBytes).toString('utf8')) : []
}
