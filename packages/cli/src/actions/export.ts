// Writes the windows of a run folder in another form, one window after the other: an hour's requests need not fit into memory.
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunStart } from '@doorbuster/measurements'
import type { WindowForm } from '@doorbuster/report'
import { jtlForm, windowForms } from '@doorbuster/report'
import { readFolder } from '../render-folder.ts'
import { UsageError } from '../usage.ts'
import type { World } from '../world.ts'

export type ExportFlags = { readonly as: 'csv' | 'jsonl' | 'jtl'; readonly to: string }

/** @throws UsageError when the folder holds no run, or the file cannot be written */
export function exportRun(world: World, folder: string, { as, to }: ExportFlags): void {
  const { start, eachWindow } = readFolder(resolve(world.cwd, folder))
  const form = formOf(as, start)
  const file = to === '-' ? null : opened(resolve(world.cwd, to), to)
  const write = (text: string): void => (file === null ? world.stdout.write(text) : written(file, text, to))
  write(form.head)
  eachWindow((window) => {
    for (const text of form.window(window)) write(text)
  })
  if (file !== null) closeSync(file)
}

function formOf(as: ExportFlags['as'], start: RunStart): WindowForm {
  return as === 'jtl' ? jtlForm(Date.parse(start.startedAt)) : windowForms[as]
}

function opened(path: string, to: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    return refuse(to, error)
  }
}

function written(file: number, text: string, to: string): void {
  try {
    // All of it: one write may take only a part.
    writeFileSync(file, text)
  } catch (error) {
    refuse(to, error)
  }
}

function refuse(to: string, error: unknown): never {
  throw new UsageError('--to', 'a file that can be written', `${to} (${(error as NodeJS.ErrnoException).code})`)
}
