/** Sales channels: how they take orders, and which warehouses serve them in which order. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { PageHead } from '../components/frame/page-head.tsx';
import { List } from '../components/list/list.tsx';
import { BY_CODE, BY_NAME, sortedByName } from '../components/list/sorted-by-name.ts';
import type { Column } from '../components/list/table.tsx';
import { given } from '../search.ts';
import { ChannelForm } from '../settings/channel-form.tsx';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/channels');

export function ChannelsPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = sortedByName(search);
  const answer = useAnswer('listSalesChannels', { query });
  return (
    <>
      <PageHead title={words.channels.title} sentence={words.channels.sentence}>
        <ChannelForm />
      </PageHead>
      <List
        name="channels"
        label={words.channels.title}
        answer={answer}
        keyOf={({ code }) => code}
        empty={words.channels.empty}
        search={search}
        sort="code"
        choose={(changes) => void navigate({ to: '/channels', search: given(changes) })}
        file={fileOf('listSalesChannels', query)}
        columns={columnsIn(language)}
      />
    </>
  );
}

function columnsIn({ words }: Language): Column<AnswerOf<'listSalesChannels'>['rows'][number]>[] {
  return [
    { id: 'code', head: words.suppliers.code, cell: ({ code }) => code, sorts: BY_CODE },
    { id: 'name', head: words.products.name, cell: ({ name }) => name, sorts: BY_NAME },
    {
      id: 'warehouses',
      head: words.channels.servedBy,
      cell: ({ warehouses }) => warehouses.join(' → '),
    },
    {
      id: 'acceptance',
      head: words.channels.acceptance,
      cell: ({ acceptance }) => words.channels.accepts[acceptance],
    },
    {
      id: 'shipping',
      head: words.channels.shipping,
      cell: ({ shipping }) => words.channels.ships[shipping],
    },
    { id: 'currency', head: words.suppliers.currency, cell: ({ currency }) => currency },
    {
      id: 'enabled',
      head: words.orders.status,
      cell: ({ enabled }) => (enabled ? words.table.enabled : words.table.disabled),
    },
    { id: 'edit', head: words.table.edit, cell: (channel) => <ChannelForm channel={channel} /> },
  ];
}
