// What a shopper carries beside its requests: a browser cache, pages whose assets are on their way, sockets and streams that stay open. All of
// it ends with the visit. Made for the shoppers that ask for it, and for no other.
import type {
  Answer,
  LiveOptions,
  LiveStream,
  Page,
  PageOptions,
  RequestOptions,
  ServerEvent,
  ShopperSocket,
  SocketOptions,
} from '@doorbuster/plan'
import { parseDuration } from '@doorbuster/plan'
import type { LiveKind, LiveMessage } from '@doorbuster/wire'
import type { Desk } from './desk.ts'
import { JourneyErrand } from './journey-errand.ts'
import { journeyHeaders, journeyPath } from './journey-request.ts'
import { LandedAnswer } from './landed-answer.ts'
import type { Layer } from './layers.ts'
import { asEvent, asReceived, Subscription } from './live/subscription.ts'
import { baseOf } from './page/asset-url.ts'
import { BrowserCache } from './page/browser-cache.ts'
import { linksInCss } from './page/css-links.ts'
import { linksInHtml } from './page/html-links.ts'
import { PageLoad } from './page/page-load.ts'
import type { SessionOptions } from './session-options.ts'

export type BelongingsOptions = Pick<SessionOptions, 'desk' | 'lane' | 'phase' | 'cuts' | 'timeoutMs'> & {
  /** The shopper's own, made once. */
  readonly worn: readonly Layer[]
}

type Measures = { [Key in 'assets' | 'most' | 'connections' | 'cache']: PageOptions[Key] | undefined }
type Ending = { cancel(): void }

/** HTML beyond this is not read. */
const mostHtmlBytes = 2 * 1024 * 1024
const mostConnections = 100
const noAssets: Page['assets'] = { asked: 0, ok: 0, failed: 0, unchanged: 0, cached: 0, skipped: 0 }

export class Belongings {
  readonly #options: BelongingsOptions
  readonly #cache = new BrowserCache()
  readonly #underWay = new Set<Ending>()
  #isOver = false

  constructor(options: BelongingsOptions) {
    this.#options = options
  }

  /** `get` asks for the document. */
  async page(path: string, options: PageOptions, step: string, get: (options: RequestOptions) => Promise<Answer>): Promise<Page> {
    const { assets, most, connections, cache, ...ofDocument } = options
    refuseMeasures(most, connections)
    return this.#assets(path, await get({ ...ofDocument, step }), step, { assets, most, connections, cache })
  }

  #assets(path: string, answer: Answer, step: string, options: Measures): Promise<Page> {
    const { desk, timeoutMs, phase } = this.#options
    const startMs = desk.clock.now() - answer.responseMs
    const { assets = 'same-origin', most = 60, connections = 6, cache = true } = options
    if (assets === 'none' || !answer.ok || !isHtml(answer)) return Promise.resolve(pageOf(answer, noAssets, startMs, null, desk, step))
    const { origin, path: wholePath } = desk.addressOf(journeyPath(path))
    const page = new URL(wholePath, origin).href
    return new Promise((resolve) => {
      const load = new PageLoad(
        {
          ...this.#options,
          layers: this.#options.worn,
          slot: desk.recorder.slot(phase, `${step} (assets)`),
          timeoutMs,
          page,
          whose: assets,
          most,
          connections,
          cache: cache ? this.#cache : null,
        },
        (counts, doneMs) => {
          this.#underWay.delete(load)
          resolve(pageOf(answer, counts, startMs, doneMs, desk, step))
        },
      )
      this.#underWay.add(load)
      addLinks(load, answer, page)
      load.goOn()
    })
  }

  socket(path: string, { protocols = [], ...options }: SocketOptions, step: string, owedMs: number | null): Promise<ShopperSocket> {
    // As URLs of sockets are written, too.
    const place = path.replace(/^ws(s?):\/\//i, 'http$1://')
    return this.#open(place, options, step, owedMs, { kind: 'socket', protocols }, asReceived)
  }

  events(path: string, options: LiveOptions, step: string, owedMs: number | null): Promise<LiveStream<ServerEvent>> {
    return this.#open(path, options, step, owedMs, { kind: 'events' }, asEvent)
  }

  /** The visit is over: what is under way is given up, and what is open is closed. */
  end(): void {
    this.#isOver = true
    for (const each of [...this.#underWay]) each.cancel()
    this.#underWay.clear()
  }

  async #open<Message>(
    path: string,
    { headers, timeout }: LiveOptions,
    step: string,
    owedMs: number | null,
    kind: LiveKind,
    read: (message: LiveMessage) => Message,
  ): Promise<Subscription<Message>> {
    const { desk, worn, phase, cuts } = this.#options
    const { clock, recorder } = desk
    const timeoutMs = timeout === undefined ? this.#options.timeoutMs : parseDuration(timeout, 'timeout')
    const address = desk.addressOf(journeyPath(path))
    const sent = journeyHeaders({}, headers, worn, { method: 'GET', ...address })
    const onOver = (): void => void this.#underWay.delete(ending)
    const subscription = new Subscription({ live: await desk.live(), kind, clock, recorder, read, onOver })
    const ending = { cancel: () => subscription.abandon() }
    const statuses = [kind.kind === 'socket' ? 101 : 200]
    const call = { ...desk.callTo(address.origin, 'GET', timeoutMs), statuses, headers: sent }
    return new Promise((resolve) => {
      if (this.#isOver) return
      const landed = (errand: JourneyErrand): void => {
        if (errand.answer?.kind === 'answered') for (const layer of worn) layer.answered?.(errand.answer, errand)
        subscription.opened(new LandedAnswer(errand), errand.dueMs)
        errand.settleAsIs()
        if (!this.#isOver) resolve(subscription)
      }
      const errand = new JourneyErrand(
        desk,
        recorder.slot(phase, step),
        call,
        { landed },
        { ...address, method: 'GET' },
        {},
        () => {},
        () => {},
      )
      errand.cuts = cuts
      errand.patch = { path: address.path, headers: sent, body: null }
      this.#underWay.add(ending)
      desk.send(subscription.lane, errand, owedMs, clock.now())
    })
  }
}

/** @throws RangeError into the journey */
function refuseMeasures(most = 0, connections = 1): void {
  if (!Number.isInteger(most) || most < 0) throw new RangeError(`most: expected a whole number from 0, received ${most}`)
  if (!Number.isInteger(connections) || connections < 1 || connections > mostConnections)
    throw new RangeError(`connections: expected a whole number from 1 to ${mostConnections}, received ${connections}`)
}

function isHtml(answer: Answer): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(answer.header('content-type') ?? '')
}

function addLinks(load: PageLoad, answer: Answer, page: string): void {
  const bytes = answer.bytes().subarray(0, mostHtmlBytes)
  const { base, found, styles } = linksInHtml(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  const against = baseOf(page, base)
  load.add(found, against, 0)
  for (const style of styles)
    load.add(
      linksInCss(style).map((url) => ({ url, isStyle: false })),
      against,
      1,
    )
}

/** A page whose document failed has no load time that would compare with others. */
function pageOf(answer: Answer, assets: Page['assets'], startMs: number, doneMs: number | null, { recorder }: Desk, step: string): Page {
  const loadMs = Math.max(answer.responseMs, (doneMs ?? 0) - startMs)
  if (answer.ok) recorder.trend(`page.${step}`, loadMs)
  return { answer, assets, loadMs }
}
