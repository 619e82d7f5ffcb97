// Where Artillery lies. It is no dependency: its 460 MB would come with everybody's first install, so it gets a folder of its own, on request.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathOf } from './program.ts'

const version = '2.0.34'

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'doorbuster-bench', `artillery-${version}`)
const installed = join(folder, 'node_modules', 'artillery', 'bin', 'run')

/** Its script, for the Node that runs the bench; null when it is neither in its folder nor on the path. */
export function artilleryScript(): string | null {
  if (existsSync(installed)) return installed
  const onPath = pathOf('artillery')
  return onPath === null ? null : realpathSync(onPath)
}

/** Without scripts of packages, so that no browser is downloaded. @throws Error when npm cannot do it */
export function installArtillery(): void {
  if (existsSync(installed)) return
  console.error(`Artillery ${version} into ${folder}: about 460 MB, once`)
  mkdirSync(folder, { recursive: true })
  const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync('npm', ['install', ...flags, `artillery@${version}`], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`npm could not install Artillery${error === undefined ? '' : `: ${error.message}`}`)
}
