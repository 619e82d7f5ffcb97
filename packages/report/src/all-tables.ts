// Which tables a report has beside those of requests, and in which order. One without rows is drawn by nobody.
import type { Summary } from '@doorbuster/verdict'
import { aftermathTable, countersTable, findingsTable, hostileTable, trendsTable, waitingRoomTable } from './aside-tables.ts'
import { budgetTable, outsideTable } from './budget-tables.ts'
import {
  answeredByTable,
  classesTable,
  devicesTable,
  deviceVisitsTable,
  funnelTable,
  groupsTable,
  ifSeveral,
  shoppersTable,
} from './shopper-tables.ts'
import type { Table } from './table.ts'

/** What a reader looks for first: was anything found that must not be, how did the shop take it, and who got through. */
export function crowdTables(summary: Summary): readonly Table[] {
  return [
    findingsTable(summary),
    outsideTable(summary),
    budgetTable(summary),
    aftermathTable(summary),
    shoppersTable(summary),
    hostileTable(summary),
    waitingRoomTable(summary),
  ]
}

export function asideTables(summary: Summary): readonly Table[] {
  return [
    funnelTable(summary),
    ifSeveral(classesTable(summary)),
    ifSeveral(devicesTable(summary)),
    ifSeveral(deviceVisitsTable(summary)),
    ifSeveral(answeredByTable(summary)),
    groupsTable(summary),
    countersTable(summary),
    trendsTable(summary),
  ]
}
