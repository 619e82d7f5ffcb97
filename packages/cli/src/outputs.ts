// `-o type=place`: what is told while the run goes on, and extra renderings at its end. The run folder is written in any case.
import { appendFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunStart, TimelineRow, Window } from '@doorbuster/measurements'
import type { Report } from '@doorbuster/report'
import type { OutputType } from './output-types.ts'
import { isOnStdout, isOutputType, outputTypes } from './output-types.ts'
import { otlpHeaders, otlpOutput, otlpUrl } from './outputs/otlp.ts'
import type { Output, Tell } from './outputs/output.ts'
import { prometheusOutput } from './outputs/prometheus.ts'
import { rendering } from './outputs/rendering.ts'
import { windowLines } from './outputs/window-lines.ts'
import { UsageError } from './usage.ts'
import type { World } from './world.ts'

export type Outputs = {
  begin(start: RunStart): void
  window(window: Window, row: TimelineRow): void
  end(report: Report): Promise<void>
  close(enough: AbortSignal): Promise<void>
}

/** Of a run that is told to nobody else. */
export const noOutputs: Outputs = { begin: () => {}, window: () => {}, end: async () => {}, close: async () => {} }

export type OutputsOptions = {
  /** Addresses of a URL that something is sent to, once the guard has judged it. @throws Refused */
  readonly reach: (url: URL) => Promise<readonly string[]>
  readonly lingerMs: number
}

/** @throws UsageError for an unknown type, or a file or port that cannot be had; Refused by the guard. All before the run starts. */
export async function openOutputs(texts: readonly string[], world: World, options: OutputsOptions): Promise<Outputs> {
  if (texts.filter(isOnStdout).length > 1) throw new UsageError('--output', 'one output at most that goes to stdout', texts.join(' '))
  const tell: Tell = (text) => world.stderr.write(`${text}\n`)
  const opened: { readonly text: string; readonly output: Output }[] = []
  for (const text of texts) opened.push({ text, output: await open(text, world, options, tell) })
  return together(opened, tell)
}

function open(text: string, world: World, { reach, lingerMs }: OutputsOptions, tell: Tell): Promise<Output> | Output {
  const { type, place } = parted(text)
  if (type === 'prometheus') return prometheusOutput({ place, lingerMs, tell })
  if (type === 'otlp') return openOtlp(place, world, reach, tell)
  const isLines = type === 'jsonl' || type === 'csv'
  if (place === '-' && !isLines) throw new UsageError('--output', `a file for ${type}; jsonl and csv alone go to stdout`, text)
  if (isLines) return windowLines(type, place === '-' ? world.stdout.write : appending(resolve(world.cwd, place), place))
  return rendering(type, replacing(resolve(world.cwd, place), place))
}

function parted(text: string): { readonly type: OutputType; readonly place: string } {
  const [type, ...rest] = text.split('=')
  const place = rest.join('=')
  if (isOutputType(type) && place !== '') return { type, place }
  throw new UsageError('--output', `type=file with one of ${outputTypes.join(', ')}`, JSON.stringify(text))
}

async function openOtlp(place: string, world: World, reach: OutputsOptions['reach'], tell: Tell): Promise<Output> {
  const url = otlpUrl(place)
  const headers = otlpHeaders(world.env.OTEL_EXPORTER_OTLP_HEADERS ?? '')
  return otlpOutput({ url, addresses: await reach(url), headers, now: () => world.now().getTime(), tell })
}

function appending(path: string, place: string): (text: string) => void {
  replacing(path, place)
  return (text) => appendFileSync(path, text)
}

/** Empties the file at once: what could not be written after the run would be known too late. */
function replacing(path: string, place: string): (text: string) => void {
  try {
    writeFileSync(path, '')
  } catch (error) {
    throw new UsageError('--output', 'a file that can be written', `${place} (${(error as NodeJS.ErrnoException).code})`)
  }
  return (text) => writeFileSync(path, text)
}

/** What is wanted beside the run folder must not cost the run: each output fails for itself, and says so once. */
function together(opened: readonly { readonly text: string; readonly output: Output }[], tell: Tell): Outputs {
  const failed = new Set<Output>()
  const fail = (text: string, output: Output, error: unknown): void => {
    failed.add(output)
    tell(`${text}: this output could not be written: ${(error as Error).message}`)
  }
  const attempt = (work: (output: Output) => void): void => {
    for (const { text, output } of opened) {
      if (failed.has(output)) continue
      try {
        work(output)
      } catch (error) {
        fail(text, output, error)
      }
    }
  }
  return {
    begin: (start) => attempt(({ begin }) => begin?.(start)),
    window: (window, row) => attempt(({ window: take }) => take?.(window, row)),
    end: async (report) => {
      for (const { text, output } of opened) {
        if (!failed.has(output)) await Promise.resolve(output.end?.(report)).catch((error: unknown) => fail(text, output, error))
      }
    },
    close: async (enough) => {
      await Promise.all(opened.map(({ output }) => output.close?.(enough)))
    },
  }
}
