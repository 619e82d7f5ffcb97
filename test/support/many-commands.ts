// Runs many commands of doorbuster one after the other in this one process and this folder. In: a JSON list of lists of arguments, as the only
// argument. Out: a JSON list of what each printed and its exit code. For commands that send nothing.
import { main } from '../../packages/cli/src/main.ts'
import { silentWorld } from './silent-world.ts'

export type Said = { readonly output: string; readonly exitCode: number }

const said: Said[] = []
for (const argv of JSON.parse(process.argv[2] ?? '[]') as string[][]) {
  const world = silentWorld({ argv, cwd: process.cwd() })
  const exitCode = await main(world)
  said.push({ output: world.output(), exitCode })
}
process.stdout.write(JSON.stringify(said), () => process.exit(0))
