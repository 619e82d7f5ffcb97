// A Chromium that can be spoken to, for pages that do something. Knows nothing of what is on them.
import type { BrowserContext } from 'playwright-core'
import { chromium } from 'playwright-core'
import { findProgram } from './processes.ts'

export type Browser = AsyncDisposable & { readonly context: BrowserContext }

export async function openBrowser(): Promise<Browser | { readonly missing: string }> {
  const program = await findProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium')
  if ('missing' in program) return program
  const browser = await chromium.launch({ executablePath: program.path, args: ['--no-sandbox', '--disable-gpu'] })
  return { context: await browser.newContext(), [Symbol.asyncDispose]: () => browser.close() }
}
