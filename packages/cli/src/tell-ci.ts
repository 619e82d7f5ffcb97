// What GitHub Actions is told of a verdict: the job summary, outputs of the step, annotations. Nothing where it does not ask for them;
// what cannot be written is said and costs nothing.
import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Remark, Report, StepOutputs } from '@doorbuster/report'
import { annotation, githubOutputs, remarksOf, renderMarkdown, stepOutputs } from '@doorbuster/report'
import type { ExitCode } from './exit-codes.ts'
import { maskSecrets } from './secret.ts'
import type { Sink, World } from './world.ts'

/** A verdict of any command, in GitHub's terms. */
export type Told = { readonly markdown: string; readonly outputs: StepOutputs; readonly remarks: readonly Remark[] }

/** GitHub drops the whole summary of a step that is above it. */
const mostSummaryBytes = 1024 * 1024

export function toldOfRun(report: Report, { folder, exitCode }: { readonly folder: string; readonly exitCode: ExitCode }): Told {
  const page = join(folder, 'report.html')
  const outputs = { ...stepOutputs(report), 'exit-code': exitCode, folder, report: existsSync(page) ? page : null }
  return { markdown: renderMarkdown(report), outputs, remarks: remarksOf(report) }
}

/** Annotations go to `sink`, where the command's own text goes: the runner reads both streams. */
export function tellCi({ env, stderr }: World, { markdown, outputs, remarks }: Told, sink: Sink): void {
  const summaryFile = env.GITHUB_STEP_SUMMARY ?? ''
  const outputFile = env.GITHUB_OUTPUT ?? ''
  const attempt = (name: string, write: () => void): void => {
    try {
      write()
    } catch (error) {
      stderr.write(`${name}: could not be written: ${(error as Error).message}\n`)
    }
  }
  if (summaryFile !== '') attempt('GITHUB_STEP_SUMMARY', () => appendSummary(summaryFile, maskSecrets(markdown)))
  if (outputFile !== '') attempt('GITHUB_OUTPUT', () => appendFileSync(outputFile, maskSecrets(githubOutputs(outputs, delimiter()))))
  if (env.GITHUB_ACTIONS === 'true') for (const remark of remarks) sink.write(maskSecrets(annotation(remark)))
}

function appendSummary(file: string, markdown: string): void {
  const before = existsSync(file) ? statSync(file).size : 0
  if (before + Buffer.byteLength(markdown) + 1 >= mostSummaryBytes) throw new Error(`the step's summary would be larger than 1 MiB`)
  appendFileSync(file, `${markdown}\n`)
}

function delimiter(): string {
  return `doorbuster_${randomUUID()}`
}

/**
 * Until the returned function is called, the runner takes no line of ours for a command of its own: names that a target made up stand in
 * what we say. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function holdCommands({ env }: World, sink: Sink): () => void {
  if (env.GITHUB_ACTIONS !== 'true') return () => {}
  const token = randomUUID()
  let isHeld = true
  sink.write(`::stop-commands::${token}\n`)
  return () => {
    if (isHeld) sink.write(`::${token}::\n`)
    isHeld = false
  }
}
