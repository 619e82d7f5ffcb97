// The kinds of `-o type=place`. Apart from outputs.ts, so that a command line can be read without loading any renderer.

/**
 * `jsonl` and `csv` get one line a window while the run goes on, `prometheus` and `otlp` its sums so far; the others are files that are
 * written when it is over.
 */
export const outputTypes = ['jsonl', 'csv', 'prometheus', 'otlp', 'json', 'html', 'markdown', 'junit', 'gitlab'] as const
export type OutputType = (typeof outputTypes)[number]

export function isOutputType(type: string | undefined): type is OutputType {
  return outputTypes.some((each) => each === type)
}

/** Whether one of these outputs goes to stdout, so that everything for people has to go to stderr. */
export function takesStdout(texts: readonly string[]): boolean {
  return texts.some(isOnStdout)
}

export function isOnStdout(text: string): boolean {
  return /^\w+=-$/.test(text)
}
