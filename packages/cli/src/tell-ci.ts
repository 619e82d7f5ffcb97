// Tells GitHub Actions what a command came to: the job summary, outputs of the step, annotations. Nothing where it does not ask for them;
// what cannot be written is said and costs nothing.
import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, statSync } from 'node:fs'
import { annotation, githubOutputs, mostRemarks } from '@doorbuster/report'
import { maskSecrets } from './secret.ts'
import type { Told } from './told.ts'
import type { Sink, World } from './world.ts'

/** GitHub drops the whole summary of a step that is above it. */
const mostSummaryBytes = 1024 * 1024

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
  if (summaryFile !== '' && markdown !== null) attempt('GITHUB_STEP_SUMMARY', () => appendSummary(summaryFile, maskSecrets(markdown)))
  if (outputFile !== '') attempt('GITHUB_OUTPUT', () => appendFileSync(outputFile, maskSecrets(githubOutputs(outputs, delimiter()))))
  if (env.GITHUB_ACTIONS === 'true') for (const remark of remarks) sink.write(maskSecrets(annotation(remark)))
}

/** Of a command that came to nothing. It has neither summary nor outputs, which would look like an answer: an error for each of its mistakes. */
export function annotateEnd(
  world: World,
  say: () => void,
  { title, texts }: { readonly title: string; readonly texts: readonly string[] },
): void {
  const allowCommands = holdCommands(world, world.stderr)
  say()
  allowCommands()
  for (const text of texts.slice(0, mostRemarks)) world.stderr.write(maskSecrets(annotation({ kind: 'error', title, text })))
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
