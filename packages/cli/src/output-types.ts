// The kinds of `-o type=file`. Apart from outputs.ts, so that a command line can be read without loading any renderer.

/** `jsonl` and `csv` get one line a window while the run goes on; the others are written when it is over. */
export const outputTypes = ['jsonl', 'csv', 'json', 'html', 'markdown', 'junit'] as const
export type OutputType = (typeof outputTypes)[number]

export function isOutputType(type: string | undefined): type is OutputType {
  return outputTypes.some((each) => each === type)
}
