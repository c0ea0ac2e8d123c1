/** Reports over a session of the report store. */
import type { ReportSource } from '../custom-reports/sources/source.ts';
import { storeSource } from '../custom-reports/sources/store-source.ts';
import { compiler } from './database-reader.ts';
import type { StoreRow, StoreValue } from './duck.ts';

export interface StatementReader {
  read(text: string, parameters: readonly StoreValue[]): Promise<StoreRow[]>;
}

/** @param at the moment up to which everything is known */
export function storeReader(session: StatementReader, at: string): ReportSource {
  return storeSource({
    at,
    async read<Row>(statement: Parameters<ReportSource['read']>[0]) {
      const { sql: text, parameters } = statement.compile(compiler);
      return (await session.read(text, parameters as readonly StoreValue[])) as Row[];
    },
  });
}
