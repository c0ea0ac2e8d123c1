/**
 * Somebody else who holds products: a session beside Allot that locks some positions, and looks which others are free.
 * With it a test sees in which order an act takes its locks, without racing it.
 */
import pg from 'pg';
import { eventually } from './eventually.ts';

export interface ForeignSession {
  /** Holds the product until `release`. */
  hold(sku: string): Promise<void>;
  release(): Promise<void>;
  /** Waits until somebody waits for what is held. */
  someoneWaits(): Promise<void>;
  /** Those of the products that nobody holds, in the order of their ids. */
  free(skus: readonly string[]): Promise<string[]>;
  end(): Promise<void>;
}

const POSITIONS = 'from product_positions g join products p on p.id = g.product_id';

export async function openForeignSession(databaseUrl: string): Promise<ForeignSession> {
  const holder = new pg.Client({ connectionString: databaseUrl });
  const looker = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  await looker.connect();
  return {
    async hold(sku) {
      await holder.query('begin');
      await holder.query(`select ${POSITIONS} where p.sku = $1 for update of g`, [sku]);
    },
    async release() {
      await holder.query('rollback');
    },
    async someoneWaits() {
      await eventually('somebody waits for a lock', async () => {
        const { rows } = await looker.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length > 0 ? true : undefined;
      });
    },
    async free(skus) {
      const { rows } = await looker.query<{ sku: string }>(
        `select p.sku ${POSITIONS} where p.sku = any($1) order by p.id for update of g skip locked`,
        [skus],
      );
      return rows.map(({ sku }) => sku);
    },
    async end() {
      await holder.end();
      await looker.end();
    },
  };
}
