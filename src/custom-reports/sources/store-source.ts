/** Reports read from the report store: the same facts over its own tables, in the SQL of DuckDB. */
import { type RawBuilder, sql } from 'kysely';
import type { Subject } from '../../contract/reports/report-measures.ts';
import {
  CHANNEL,
  type Columns,
  column,
  columnsFrom,
  type Moment,
  ROWS_NOT_KNOWN,
  type Sources,
  selectFrom,
} from '../facts/fact-sources.ts';
import { itemFacts } from '../facts/facts-of-items.ts';
import { CHANGED_UNITS, isChange } from '../facts/item-states.ts';
import { STORED_COLUMNS, STORED_OF_ITEMS } from '../facts/stored-facts.ts';
import type { ReportSource } from './source.ts';

const CODES = {
  joins: {
    channel: CHANNEL,
    product: sql`join products p on p.id = t.product_id`,
    supplier: sql`left join suppliers s on s.id = p.supplier_id`,
    order: sql`join orders o on o.id = t.order_id`,
  },
  columns: {
    ...columnsFrom('t', ['product_id', 'channel_id']),
    channel: column(sql`c.code`, 'channel'),
    currency: column(sql`c.currency`, 'channel'),
    currency_id: column(sql`c.currency_id`, 'channel'),
    product: column(sql`p.sku`, 'product'),
    supplier: column(sql`s.code`, 'product', 'supplier'),
    supplier_id: column(sql`p.supplier_id`, 'product'),
    number: column(sql`o.number`, 'order'),
  } satisfies Columns,
};

/** Items as they are, or each in the state it was in. */
function items(moment: Moment): Sources {
  const { at } = moment;
  const was = sql`(
    select * from items where since <= ${at}
    union all
    select * from past_items where since <= ${at} and until > ${at}
  ) as t`;
  return {
    from: moment.isPast ? was : sql`items as t`,
    joins: CODES.joins,
    columns: { ...CODES.columns, ...itemFacts(columnsFrom('t', STORED_OF_ITEMS), moment, sql`hugeint`) },
  };
}

function changes({ at }: Moment): Sources {
  const units = Object.keys(CHANGED_UNITS);
  return {
    from: sql`(select * from items union all select * from past_items) as t`,
    where: sql`t.since <= ${at} and ${isChange(units.map((name) => sql`t.${sql.ref(name)}`))}`,
    joins: CODES.joins,
    columns: {
      ...CODES.columns,
      ...columnsFrom('t', ['order_id', 'line', 'kind', 'cause', 'document', 'rule']),
      ...columnsFrom('t', units),
      changed: column(sql`t.since`),
    },
  };
}

function table(name: keyof typeof STORED_COLUMNS, upTo?: string) {
  return ({ at }: Moment): Sources => ({
    from: sql`${sql.table(name)} as t`,
    joins: CODES.joins,
    columns: { ...CODES.columns, ...ROWS_NOT_KNOWN, ...columnsFrom('t', STORED_COLUMNS[name]) },
    ...(upTo !== undefined && { where: sql`t.${sql.ref(upTo)} <= ${at}` }),
  });
}

const SUBJECTS: Readonly<Record<Subject, (moment: Moment) => Sources>> = {
  items,
  changes,
  allocations: table('allocations'),
  promise_changes: table('promise_changes', 'changed'),
  refusals: table('refusals', 'changed'),
  purchases: table('purchases'),
};

export interface StoreSession {
  /** The moment up to which the store knows everything: UTC, as 2026-01-31 12:00:00.123456. */
  readonly at: string;
  read<Row>(statement: RawBuilder<unknown>): Promise<Row[]>;
}

export function storeSource({ at, read }: StoreSession): ReportSource {
  const utcOf = (asOf: string | undefined) =>
    asOf === undefined ? at : new Date(asOf).toISOString().replace('T', ' ').replace('Z', '');
  return {
    isCheapToReread: true,
    facts: (subject, columns, asOf) => {
      const instant = sql`${sql.lit(utcOf(asOf))}::timestamp`;
      return selectFrom(SUBJECTS[subject]({ at: instant, instant, isPast: asOf !== undefined }), columns);
    },
    async clock(asOf) {
      const now = utcOf(asOf);
      return { today: now.slice(0, 10), now: new Date(`${now.replace(' ', 'T')}Z`).toISOString() };
    },
    read,
  };
}
