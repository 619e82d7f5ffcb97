// The rules that every module of the product keeps, each with a module that breaks it, so that a rule which never fires is noticed.
// Knows nothing of how modules are read.
import { posix } from 'node:path'
import type { Module } from './modules.ts'
import { leadsTo } from './modules.ts'

/** Which packages each package may import. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  plan: [],
  wire: [],
  schedule: ['plan'],
  measurements: ['plan'],
  generator: ['plan', 'schedule', 'wire', 'measurements'],
  verdict: ['plan', 'measurements'],
  report: ['measurements', 'verdict'],
  cli: ['plan', 'schedule', 'wire', 'measurements', 'generator', 'verdict', 'report'],
  // Measures the product beside its peers: it starts no arrow that a product package could follow back.
  bench: ['plan', 'schedule', 'wire', 'measurements', 'generator', 'verdict', 'report', 'cli'],
}

/** Modules that may read a clock, with the reason. `cli` and `bench` may, being the outside world. */
export const CLOCK_READERS: Readonly<Record<string, string>> = {
  'packages/generator/src/clock.ts': 'the one clock that the generator hands out',
}

/** Modules over the budget of lines, with the reason. */
export const LONG_MODULES: Readonly<Record<string, string>> = {}

const MOST_LINES = 300
const OUTSIDE_WORLD = ['cli', 'bench']
const PURE = ['plan', 'schedule', 'verdict', 'report']

export type Rule = {
  /** What holds, said of one module. */
  readonly says: string
  /** What in the module breaks the rule. */
  readonly breaches: (module: Module) => readonly string[]
  /** Path and text of a module that breaks it. */
  readonly brokenBy: readonly [path: string, text: string]
}

/** The demo's shop is an example for readers, and what the demo rehearses: it lies where both find it. */
const OUTSIDE_SRC = ['packages/cli/src/demo-shop.ts']

export const RULES: readonly Rule[] = [
  {
    says: 'imports siblings along the arrows only',
    breaches: (module) =>
      siblingsOf(module).filter((sibling) => sibling !== module.inPackage && !ARROWS[module.inPackage]?.includes(sibling)),
    brokenBy: ['packages/plan/src/x.ts', "// x\nimport type { Window } from '@doorbuster/measurements'"],
  },
  {
    says: "reaches siblings through their index, and stays inside its own package's src",
    breaches: (module) =>
      module.imports.filter((specifier) =>
        specifier.startsWith('.')
          ? !leadsTo(specifier, module)?.startsWith(`packages/${module.inPackage}/src/`) && !OUTSIDE_SRC.includes(module.path)
          : /^(?:@doorbuster\/[^/]+|doorbuster)\//.test(specifier),
      ),
    brokenBy: ['packages/cli/src/x.ts', "// x\nexport { a } from '../../plan/src/a.ts'"],
  },
  {
    says: "never imports through its own package's index",
    breaches: (module) => module.imports.filter((specifier) => leadsTo(specifier, module) === `packages/${module.inPackage}/src/index.ts`),
    brokenBy: ['packages/plan/src/x.ts', "// x\nimport { a } from './index.ts'"],
  },
  {
    says: 'writes the extension of a relative import',
    breaches: (module) => module.imports.filter((specifier) => specifier.startsWith('.') && !/\.(?:ts|json)$/.test(specifier)),
    brokenBy: ['packages/plan/src/x.ts', "// x\nimport { a } from './a'"],
  },
  {
    // The one scale of time that threads share comes from node:process.
    says: 'sees process and console in cli alone',
    breaches: (module) =>
      OUTSIDE_WORLD.includes(module.inPackage)
        ? []
        : [
            ...found(module, /(?<![\w$.])(?:process|console)(?=\s*[.,)[\]}])|\bglobalThis\s*\.\s*(?:process|console)\b/g),
            ...module.imports.filter((specifier) => /^(?:node:)?(?:process|console)$/.test(specifier)),
          ].filter((breach) => !(breach === 'node:process' && module.path in CLOCK_READERS)),
    brokenBy: ['packages/generator/src/x.ts', '// x\nconst { env } = read(process)'],
  },
  {
    says: 'reads a clock only where time is read',
    breaches: (module) =>
      OUTSIDE_WORLD.includes(module.inPackage) || module.path in CLOCK_READERS
        ? []
        : found(module, /\bDate\.now\b|\bDate\(\s*\)|\bnew\s+Date\b(?!\s*\()|\bperformance\s*\.\s*(?:now|timeOrigin)\b|\bhrtime\b/g),
    brokenBy: ['packages/generator/src/x.ts', '// x\nconst startedMs = performance.now()'],
  },
  {
    says: 'starts no timer, thread, process or connection and reads no file in a pure package',
    breaches: (module) =>
      PURE.includes(module.inPackage)
        ? [
            ...found(module, /(?<![\w$.])(?:set(?:Timeout|Interval|Immediate)|fetch)(?=\s*\()/g),
            ...module.imports.filter((specifier) =>
              /^node:(?:fs|timers|worker_threads|child_process|cluster|https?|http2|tls|dgram|dns)\b/.test(specifier),
            ),
          ]
        : [],
    brokenBy: ['packages/verdict/src/x.ts', "// x\nimport { readFile } from 'node:fs/promises'"],
  },
  {
    says: 'draws no number that a seed does not decide',
    breaches: (module) => found(module, /\bMath\s*\.\s*random\b/g),
    brokenBy: ['packages/schedule/src/x.ts', '// x\nconst gap = Math.random()'],
  },
  {
    says: 'lists what it exports, name by name',
    breaches: (module) => found(module, /\bexport\s*(?:type\s*)?\*(?!\s*as\b)/g),
    brokenBy: ['packages/plan/src/index.ts', "export * from './stages.ts'"],
  },
  {
    says: 'opens with a comment that tells its purpose (an index needs none)',
    breaches: (module) =>
      posix.basename(module.path) === 'index.ts' || /^(?:#!.*\n)?(?:\/\/ ?\S|\/\*)/.test(module.text) ? [] : ['no header comment'],
    brokenBy: ['packages/plan/src/x.ts', "import { a } from './a.ts'\n// x"],
  },
  {
    says: `has at most ${MOST_LINES} lines`,
    breaches: (module) => {
      const lines = module.text.trimEnd().split('\n').length
      return lines <= MOST_LINES || module.path in LONG_MODULES ? [] : [`${lines} lines`]
    },
    brokenBy: ['packages/plan/src/x.ts', `// x${'\n'.repeat(MOST_LINES)}export const x = 1`],
  },
]

function siblingsOf(module: Module): readonly string[] {
  const targets = module.imports.map((specifier) => leadsTo(specifier, module))
  return targets.map((path) => /^packages\/([^/]+)\//.exec(path ?? '')?.[1]).filter((sibling) => sibling !== undefined)
}

function found(module: Module, pattern: RegExp): readonly string[] {
  return [...module.code.matchAll(pattern)].map((match) => `${match[0]} in line ${module.code.slice(0, match.index).split('\n').length}`)
}
