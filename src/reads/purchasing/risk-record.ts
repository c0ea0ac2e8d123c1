/** How often products that were said to be at risk did run short: by what was said, in five bands. */
import { sql } from 'kysely';
import type { AnswerOf } from '../../contract/operations.ts';
import type { Database } from '../../db/database.ts';

/** First permille of each band. */
const BANDS = [0, 200, 400, 600, 800];

export async function readRiskRecord(db: Database): Promise<AnswerOf<'getRiskRecord'>> {
  const { rows } = await sql<{ band: number; said: number; short: number }>`
    select width_bucket(permille, ${BANDS}::int[]) - 1 as band, count(*) as said,
      count(*) filter (where was_short) as short
    from risk_scores where was_short is not null group by 1`.execute(db);
  return {
    rows: BANDS.map((from, index) => {
      const found = rows.find(({ band }) => band === index);
      return {
        from: from / 1000,
        until: (BANDS[index + 1] ?? 1000) / 1000,
        said: found?.said ?? 0,
        short: found?.short ?? 0,
      };
    }),
  };
}
