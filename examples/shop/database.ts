// The shop's SQLite file: its tables and first filling. Knows nothing of HTTP or of how the shop sells.
import { DatabaseSync } from 'node:sqlite'
import type { Goods } from './goods.ts'
import { inventGoods } from './goods.ts'

export type Filling = { readonly products: number; readonly stockEach: number }

const schema = `
  CREATE TABLE IF NOT EXISTS products (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, priceCents INTEGER NOT NULL, dealCents INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS stock (
    sku TEXT PRIMARY KEY REFERENCES products, stock INTEGER NOT NULL, initial INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ratings (id INTEGER PRIMARY KEY, sku TEXT NOT NULL REFERENCES products, stars INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS accounts (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, salt BLOB NOT NULL, proof BLOB NOT NULL,
    name TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE TABLE IF NOT EXISTS carts (
    id TEXT PRIMARY KEY, sku TEXT NOT NULL REFERENCES products, qty INTEGER NOT NULL, held INTEGER NOT NULL, untilMs INTEGER NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY, sku TEXT NOT NULL REFERENCES products, qty INTEGER NOT NULL, priceCents INTEGER NOT NULL,
    owner INTEGER REFERENCES accounts, key TEXT, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS ratings_by_sku ON ratings (sku);
  CREATE INDEX IF NOT EXISTS carts_held ON carts (untilMs) WHERE held = 1;
  CREATE INDEX IF NOT EXISTS carts_held_by_sku ON carts (sku) WHERE held = 1;
  CREATE INDEX IF NOT EXISTS orders_by_sku ON orders (sku);
  CREATE INDEX IF NOT EXISTS orders_by_key ON orders (key) WHERE key IS NOT NULL;
`

/**
 * Opens a database file or `:memory:`. An empty one is filled; one that holds a shop is kept as it is, so that orders outlive a restart.
 * Both manners get the same settings. WAL has no meaning in memory, where SQLite leaves it out.
 */
export function openDatabase(file: string, filling: Filling): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON;')
  database.exec(schema)
  inTransaction(database, () => {
    const isEmpty = database.prepare('SELECT 1 FROM products LIMIT 1').get() === undefined
    if (isEmpty) fill(database, inventGoods(filling.products), filling.stockEach)
  })
  return database
}

/** All of `work` or nothing of it. `work` must not wait: the transaction would then hold other requests' statements too. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function fill(database: DatabaseSync, goods: readonly Goods[], stockEach: number): void {
  const addProduct = database.prepare('INSERT INTO products (sku, name, priceCents, dealCents) VALUES (?, ?, ?, ?)')
  const addStock = database.prepare('INSERT INTO stock (sku, stock, initial) VALUES (?, ?, ?)')
  const addRating = database.prepare('INSERT INTO ratings (sku, stars) VALUES (?, ?)')
  for (const { sku, name, priceCents, dealCents, stars } of goods) {
    addProduct.run(sku, name, priceCents, dealCents)
    addStock.run(sku, stockEach, stockEach)
    for (const given of stars) addRating.run(sku, given)
  }
}
