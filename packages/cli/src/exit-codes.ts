// What a process says with its exit code. One table; README and tests read the same one.

export const exitCodes = {
  go: 0,
  'demo-otherwise': 1,
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

/** What each code tells, for `--help` and the README. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  go: 'every objective was met (or the command did what it was asked)',
  'demo-otherwise': 'demo alone: the two shops did not come out as they should',
  'no-go': 'an objective was missed',
  inconclusive: 'too little was measured to say',
  invalid: 'the generator itself fell behind, so the run says nothing about the target',
  guard: 'the guard refused the target, or stopped the run at a hard cap',
  'bad-plan': 'a mistake in the plan, a flag or a file',
  interrupted: 'stopped by Ctrl-C or SIGTERM; what was measured is kept',
  'journey-threw': "a journey's own code threw",
  bug: 'a defect of doorbuster itself',
}
