// What a process says with its exit code. One table; README and tests read the same one.

export const exitCodes = {
  go: 0,
  otherwise: 1,
  'no-go': 99,
  inconclusive: 96,
  invalid: 95,
  guard: 94,
  'bad-plan': 104,
  interrupted: 105,
  'journey-threw': 107,
  bug: 109,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** With `--fail-as-one`: whatever a command came to other than go. A mistake, a refusal before anything was sent, and a defect of ours are no answers. */
export function asOne(code: ExitCode, isAsked: boolean | undefined): ExitCode {
  if (isAsked !== true) return code
  return code === exitCodes['bad-plan'] || code === exitCodes.bug || code === exitCodes.go ? code : exitCodes.otherwise
}

/** What each code tells, for `--help` and the README. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  go: 'every objective was met (or the command did what it was asked)',
  otherwise: 'demo: the two shops did not come out as they should; with --fail-as-one: any answer that is not go',
  'no-go': 'an objective was missed',
  inconclusive: 'too little was measured to say',
  invalid: 'the generator itself fell behind, so the run says nothing about the target',
  guard: 'the guard refused the target, or stopped the run at a hard cap',
  'bad-plan': 'a mistake in the plan, a flag or a file',
  interrupted: 'stopped by Ctrl-C or SIGTERM; what was measured is kept',
  'journey-threw': "a journey's own code threw",
  bug: 'a defect of doorbuster itself',
}
