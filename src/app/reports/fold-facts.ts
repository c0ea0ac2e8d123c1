/** Keeps the figures by day up to date, until nothing is left to count; what is not counted is added by who reads. */
import { inTransaction } from '../../db/database.ts';
import { countPiece, findPiece } from '../../db/orders/day-facts.ts';
import type { App } from '../frame/app.ts';

export async function foldFacts({ db }: Pick<App, 'db'>): Promise<void> {
  for (;;) {
    const piece = await findPiece(db);
    if (piece === undefined) return;
    const counted = await inTransaction(db, (tx) => countPiece(tx, piece));
    if (!counted || piece.isLast) return;
  }
}
