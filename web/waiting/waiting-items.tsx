/** Items that wait, oldest first; several can be chosen and put first, or on hold, at once. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { selecting } from '../components/list/selecting.tsx';
import { STATUSES } from '../components/said.tsx';
import { ItemList, type ItemRow } from '../order/item-list.tsx';
import { keyOfItem, orderOf } from '../order/order-beside.tsx';
import { useLanguage } from '../words/words.tsx';
import { BulkActs } from './bulk-acts.tsx';
import type { WaitingProps, WaitingSearch } from './search-of-waiting.ts';

const PAGE = 100;

export function WaitingItems({ search, choose }: WaitingProps) {
  const { words } = useLanguage();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choosing = selecting<ItemRow>({
    words,
    chosen,
    setChosen,
    keyOf: keyOfItem,
    nameOf: (item) => `${item.orderNumber}/${item.line}`,
  });
  return (
    <>
      <BulkActs orders={ordersOf(chosen)} done={() => setChosen(new Set())} />
      <ItemList
        name="waiting-items"
        label={words.waiting.title}
        query={queryOf(search)}
        limit={PAGE}
        empty={words.waiting.nobodyAtAll}
        search={search}
        choose={choose}
        sort="oldest"
        linkOf={(sku) => (
          <Link to="/waiting" search={{ sku }}>
            {sku}
          </Link>
        )}
        before={[choosing]}
      />
    </>
  );
}

function queryOf({ kind, sort, channel, supplier }: WaitingSearch) {
  const status = STATUSES.find((each) => each === kind);
  return {
    waiting: 'true' as const,
    sort: sort === 'newest' ? ('newest' as const) : ('oldest' as const),
    ...(status !== undefined && { status }),
    ...(channel !== undefined && { channel }),
    ...(supplier !== undefined && { supplier }),
  };
}

function ordersOf(keys: ReadonlySet<string>): number[] {
  return [...new Set([...keys].map((key) => Number(orderOf(key))))];
}
