/** Suppliers: who they are, how long they take, what they sell us. */
import { Box, Group, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { fileOf } from '../api/client.ts';
import { SupplierForm } from '../buying/supplier-form.tsx';
import { Answered } from '../components/answered.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { List } from '../components/list/list.tsx';
import { BY_CODE, BY_NAME, sortedByName } from '../components/list/sorted-by-name.ts';
import { type Column, Table } from '../components/list/table.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { given } from '../search.ts';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/suppliers');
const SOLD = 200;

export function SuppliersPage() {
  const language = useLanguage();
  const { words } = language;
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = sortedByName(search);
  const answer = useAnswer('listSuppliers', { query });
  return (
    <>
      <PageHead title={words.suppliers.title}>
        <Group gap="xs">
          <SupplierForm />
        </Group>
      </PageHead>
      <List
        name="suppliers"
        label={words.suppliers.title}
        answer={answer}
        keyOf={({ code }) => code}
        empty={words.suppliers.empty}
        search={search}
        sort="code"
        choose={(changes) => void navigate({ to: '/suppliers', search: given(changes) })}
        file={fileOf('listSuppliers', query)}
        aside={(code) => <SupplierAside code={code} />}
        columns={columnsIn(language)}
      />
    </>
  );
}

function columnsIn({ words, figure }: Language): Column<AnswerOf<'listSuppliers'>['rows'][number]>[] {
  return [
    { id: 'code', head: words.suppliers.code, cell: ({ code }) => code, sorts: BY_CODE },
    { id: 'name', head: words.products.name, cell: ({ name }) => name, sorts: BY_NAME },
    {
      id: 'lead',
      head: words.suppliers.leadDays,
      cell: ({ leadDays }) => figure(leadDays),
      isFigure: true,
    },
    { id: 'currency', head: words.suppliers.currency, cell: ({ currency }) => currency },
    { id: 'zone', head: words.policy.timeZone, cell: ({ timeZone }) => timeZone, isExtra: true },
    {
      id: 'orders',
      head: words.incoming.title,
      cell: ({ code }) => (
        <Link to="/incoming" search={{ supplier: code }} aria-label={`${words.incoming.title} ${code}`}>
          {words.incoming.title}
        </Link>
      ),
    },
  ];
}

function SupplierAside({ code }: { readonly code: string }) {
  const language = useLanguage();
  const { words, count } = language;
  const supplier = useAnswer('getSupplier', { params: { supplier: code } });
  const sold = useAnswer('listSupplierProducts', { params: { supplier: code }, query: { limit: SOLD } });
  return (
    <Answered answer={supplier}>
      {(found) => (
        <>
          <Title order={2} size="h3">
            {found.name}
          </Title>
          <p className={tone.soft}>{words.suppliers.takes(count(found.leadDays))}</p>
          <Box my="sm">
            <SupplierForm supplier={found} />
          </Box>
          <Answered answer={sold}>
            {({ rows }) =>
              rows.length === 0 ? (
                <Empty>{words.suppliers.sellsNothing}</Empty>
              ) : (
                <Table
                  label={words.suppliers.sold}
                  rows={rows}
                  keyOf={({ sku }) => sku}
                  columns={soldColumns(language, found.currency)}
                />
              )
            }
          </Answered>
        </>
      )}
    </Answered>
  );
}

function soldColumns(
  { words, figure, money }: Language,
  currency: string,
): Column<AnswerOf<'listSupplierProducts'>['rows'][number]>[] {
  return [
    {
      head: words.orders.sku,
      cell: ({ sku }) => <ProductLink sku={sku} />,
    },
    {
      head: words.incoming.price,
      cell: ({ unitPrice }) => money(unitPrice, currency),
      isFigure: true,
    },
    { head: words.suppliers.pack, cell: ({ packSize }) => figure(packSize), isFigure: true },
    {
      head: words.suppliers.minimum,
      cell: ({ minimumUnits }) => figure(minimumUnits),
      isFigure: true,
    },
  ];
}
