// Every run below a folder, read loosely: what cannot be read is listed with the reason and stops nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunFolderError } from '@doorbuster/measurements'
import type { Past, PastRun } from '@doorbuster/report'
import type { Summary } from '@doorbuster/verdict'
import { capacityFile, isCapacityFolder } from './capacity/capacity-folder.ts'
import { judgeFolder } from './render-folder.ts'
import { UsageError } from './usage.ts'

/** @throws UsageError when there is no such folder */
export function readPast(folder: string, given: string, nowMs: number, maxAgeMs: number): Past {
  const runs: PastRun[] = []
  const unreadable: Past['unreadable'][number][] = []
  for (const name of foldersIn(folder, given)) {
    try {
      runs.push(...readOne(join(folder, name), name))
    } catch (error) {
      unreadable.push({ folder: name, because: reasonOf(error) })
    }
  }
  runs.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.folder < b.folder ? -1 : 1))
  const last = runs.findLast(({ verdict, kind }) => kind === 'run' && (verdict === 'go' || verdict === 'no-go'))
  const lastRehearsal =
    last === undefined ? null : { folder: last.folder, startedAt: last.startedAt, ageMs: nowMs - Date.parse(last.startedAt) }
  const isReady = lastRehearsal !== null && lastRehearsal.ageMs <= maxAgeMs
  return { schema: 'doorbuster/history@1', runs, unreadable, lastRehearsal, maxAgeMs, isReady }
}

function foldersIn(folder: string, given: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .toSorted()
  } catch (error) {
    throw new UsageError(given, 'a folder of run folders', (error as NodeJS.ErrnoException).code ?? String(error))
  }
}

function readOne(path: string, folder: string): readonly PastRun[] {
  if (isCapacityFolder(path)) return [searchOf(readJson(join(path, capacityFile)), folder)]
  // Judged anew, so that a summary that somebody changed says nothing.
  const { summary, capacity } = judgeFolder(path)
  return [runOf(summary, folder, capacity?.answer?.perSec ?? null)]
}

function runOf(
  { name, startedAt, planHash, verdict, finished, responseMs, totals, durationMs }: Summary,
  folder: string,
  capacityPerSec: number | null,
): PastRun {
  const outcomes = totals.done + totals.dropped
  return {
    kind: 'run',
    folder,
    name,
    startedAt,
    planHash,
    verdict,
    isFinished: finished,
    p95Ms: responseMs.p95,
    p99Ms: responseMs.p99,
    goodputPerSec: durationMs > 0 ? ((totals.ok + totals.degraded) / durationMs) * 1e3 : null,
    failureRatio: outcomes === 0 ? null : (totals.failed + totals.dropped) / outcomes,
    capacityPerSec,
  }
}

function searchOf(capacity: object, folder: string): PastRun {
  const startedAt = textIn(capacity, 'startedAt')
  if (startedAt === null || Number.isNaN(Date.parse(startedAt))) throw new Error('capacity.json: expected the moment startedAt')
  const unknown = { planHash: null, p95Ms: null, p99Ms: null, goodputPerSec: null, failureRatio: null }
  return {
    kind: 'capacity',
    folder,
    name: textIn(capacity, 'name') ?? folder,
    startedAt,
    verdict: 'capacity',
    isFinished: Reflect.get(capacity, 'finished') === true,
    capacityPerSec: amountIn(memberIn(capacity, 'answer'), 'perSec'),
    ...unknown,
  }
}

function readJson(path: string): object {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof value !== 'object' || value === null) throw new Error(`${path}: expected an object`)
  return value
}

function memberIn(of: object, name: string): object | null {
  const value: unknown = Reflect.get(of, name)
  return typeof value === 'object' ? value : null
}

function amountIn(of: object | null, name: string): number | null {
  const value: unknown = of === null ? null : Reflect.get(of, name)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

function textIn(of: object, name: string): string | null {
  const value: unknown = Reflect.get(of, name)
  return typeof value === 'string' ? value : null
}

function reasonOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof RunFolderError) return error.message.replace('USAGE_INVALID ', '')
  return error instanceof Error ? error.message : String(error)
}
