/** What is on its way from suppliers, what of it is late, as a list or a calendar; new purchase orders begin here. */
import { Checkbox, Group, SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AddPurchaseOrder } from '../buying/add-purchase-order.tsx';
import { Calendar } from '../buying/calendar.tsx';
import { PurchaseOrders } from '../buying/purchase-orders.tsx';
import { SupplierChoice } from '../components/choice.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { FilterRow } from '../components/list/filter-row.tsx';
import { TextFilter } from '../components/list/text-filter.tsx';
import { given } from '../search.ts';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/incoming');

export function IncomingPage() {
  const { words } = useLanguage();
  const search = route.useSearch();
  const navigate = useNavigate();
  const isCalendar = search.view === 'calendar';
  const choose = (changes: typeof search) => void navigate({ to: '/incoming', search: given(changes) });
  const filter = (changes: typeof search) =>
    choose({ ...search, cursor: undefined, open: undefined, ...changes });
  return (
    <>
      <PageHead title={words.incoming.title}>
        <Group gap="xs">
          <SegmentedControl
            aria-label={words.incoming.view}
            value={isCalendar ? 'calendar' : 'list'}
            onChange={(view) => filter({ view: view === 'calendar' ? 'calendar' : undefined })}
            data={[
              { value: 'list', label: words.incoming.list },
              { value: 'calendar', label: words.incoming.calendar },
            ]}
          />
          <AddPurchaseOrder />
        </Group>
      </PageHead>
      <FilterRow>
        <SupplierChoice value={search.supplier} choose={(supplier) => filter({ supplier })} />
        {!isCalendar && (
          <>
            <TextFilter label={words.orders.sku} value={search.sku} choose={(sku) => filter({ sku })} />
            <Checkbox
              label={words.incoming.onlyLate}
              checked={search.late === 'true'}
              onChange={(event) => filter({ late: event.currentTarget.checked ? 'true' : undefined })}
            />
          </>
        )}
      </FilterRow>
      {isCalendar ? (
        <Calendar
          month={search.month}
          supplier={search.supplier}
          choose={(month) => choose({ ...search, month })}
        />
      ) : (
        <PurchaseOrders search={search} choose={choose} />
      )}
    </>
  );
}
