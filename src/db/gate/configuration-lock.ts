/**
 * The lock of the configuration: channels, warehouses and rules. Shared by whoever locks a product, owned by whoever changes
 * them; taken before any product. The order of all locks is in ARCHITECTURE.md (Locks).
 */
import { sql } from 'kysely';
import { keepNothingOf } from '../catalog/kept-by-version.ts';
import type { Tx } from '../database.ts';

/** Key of the advisory lock that stands for channels and warehouses. */
const CONFIGURATION_LOCK = 1_735_289_204;

/**
 * Keeps channels and warehouses as they are until the transaction ends. Taken before any product is locked. Without
 * it an order could be decided by the old list while a warehouse is switched on, and wait beside its stock unseen.
 */
export async function shareConfiguration(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${CONFIGURATION_LOCK})`.execute(tx);
}

/**
 * Waits for every decision under way and keeps new ones out until the transaction ends. Who owns it is about to change it: what
 * it reads from here on is not for others to keep.
 */
export async function ownConfiguration(tx: Tx): Promise<void> {
  keepNothingOf(tx);
  await sql`select pg_advisory_xact_lock(${CONFIGURATION_LOCK})`.execute(tx);
}
