/** Who waits: by product, by item, or the queue of one product; since when, how much is ahead, what is promised. */
import { SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChannelChoice, Choice, SupplierChoice } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { given } from '../search.ts';
import { Queue } from '../waiting/queue.tsx';
import type { WaitingSearch } from '../waiting/search-of-waiting.ts';
import { WaitingItems } from '../waiting/waiting-items.tsx';
import { WaitingProducts } from '../waiting/waiting-products.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/waiting');

export function WaitingPage() {
  const { words } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { sku, by } = search;
  const choose = (changes: typeof search) => void navigate({ to: '/waiting', search: given(changes) });
  const filter = (changes: typeof search) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  const isItems = by === 'items' && sku === undefined;
  const sentence = sku === undefined ? words.waiting.choose : <ProductLink sku={sku} />;
  return (
    <>
      <PageHead title={words.waiting.title} sentence={sentence}>
        {sku === undefined && (
          <SegmentedControl
            aria-label={words.orders.by}
            value={isItems ? 'items' : 'products'}
            onChange={(value) =>
              filter({
                by: value === 'items' ? 'items' : undefined,
                columns: undefined,
                sort: undefined,
              })
            }
            data={[
              { value: 'products', label: words.waiting.byProduct },
              { value: 'items', label: words.waiting.byItem },
            ]}
          />
        )}
      </PageHead>
      <Filters search={search} filter={filter} isItems={isItems} />
      {sku !== undefined && <Queue sku={sku} search={search} choose={choose} />}
      {sku === undefined && isItems && <WaitingItems search={search} choose={choose} />}
      {sku === undefined && !isItems && <WaitingProducts search={search} choose={choose} />}
    </>
  );
}

interface FiltersProps {
  readonly search: WaitingSearch;
  readonly filter: (changes: WaitingSearch) => void;
  readonly isItems: boolean;
}

function Filters({ search, filter, isItems }: FiltersProps) {
  const { words } = useLanguage();
  const { sku, kind, supplier, channel } = search;
  return (
    <FilterRow>
      <TextFilter label={words.orders.sku} value={sku} choose={(next) => filter({ sku: next })} />
      {isItems && (
        <>
          <Choice
            label={words.waiting.kind}
            any={words.waiting.anyKind}
            value={kind}
            choose={(next) => filter({ kind: next })}
            options={(['backordered', 'preordered', 'unfillable'] as const).map((value) => ({
              value,
              label: words.status[value],
            }))}
          />
          <ChannelChoice value={channel} choose={(next) => filter({ channel: next })} />
        </>
      )}
      {sku === undefined && <SupplierChoice value={supplier} choose={(next) => filter({ supplier: next })} />}
    </FilterRow>
  );
}
