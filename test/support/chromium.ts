// A headless Chromium without network manners, to look at the pages that we write. Knows nothing of what is on them.
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finished } from './processes.ts'
import { findProgram, start } from './processes.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

type Missing = { readonly missing: string }

/** Writes what a window of that size shows of the page (a URL; `pathToFileURL` makes one) to a PNG file. */
export function screenshot(
  pageUrl: string,
  { pngFile, widthPx, heightPx }: { readonly pngFile: string; readonly widthPx: number; readonly heightPx: number },
): Promise<Finished | Missing> {
  return chromium([`--window-size=${widthPx},${heightPx}`, '--hide-scrollbars', `--screenshot=${pngFile}`, pageUrl])
}

/** Prints the page to a PDF file. */
export function printToPdf(pageUrl: string, pdfFile: string): Promise<Finished | Missing> {
  return chromium(['--no-pdf-header-footer', `--print-to-pdf=${pdfFile}`, pageUrl])
}

/** The page's HTML after its scripts ran, in `stdout`. */
export function renderedHtml(pageUrl: string): Promise<Finished | Missing> {
  return chromium(['--dump-dom', pageUrl])
}

async function chromium(chromiumArguments: readonly string[]): Promise<Finished | Missing> {
  const program = await findProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  if ('missing' in program) return program
  await using profile = await mkdtempDisposable(join(tmpdir(), 'doorbuster-chromium-'))
  const env = { ...process.env, HOME: profile.path }
  await using running = start(program.path, [...FLAGS, `--user-data-dir=${profile.path}`, ...chromiumArguments], { env })
  return await running.finished
}
