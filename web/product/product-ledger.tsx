/** The ledger of a product in one warehouse, newest first: what moved, why, and what was there after it. */
import { Group, Title } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Choice } from '../components/choice.tsx';
import { Table } from '../components/list/table.tsx';
import { Ago, Moved } from '../components/said.tsx';
import { Empty } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';

const ROWS = 20;

export function ProductLedger({ product }: { readonly product: AnswerOf<'getProduct'> }) {
  const { words } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const { sku, levels } = product;
  const warehouse = chosen ?? levels[0]?.warehouse;
  return (
    <>
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2} size="h3">
          {words.products.ledger}
        </Title>
        {levels.length > 1 && (
          <Choice
            label={words.inventory.warehouse}
            value={warehouse}
            choose={setChosen}
            options={levels.map((level) => ({ value: level.warehouse, label: level.warehouse }))}
          />
        )}
      </Group>
      {warehouse === undefined ? (
        <Empty>{words.products.noStock}</Empty>
      ) : (
        <Movements sku={sku} warehouse={warehouse} />
      )}
    </>
  );
}

function Movements({ sku, warehouse }: { readonly sku: string; readonly warehouse: string }) {
  const { words, figure } = useLanguage();
  const answer = useAnswer('listMovements', { query: { sku, warehouse, limit: ROWS } });
  return (
    <Answered answer={answer}>
      {({ rows }) => (
        <Table
          label={words.products.ledger}
          rows={rows}
          keyOf={({ number }) => String(number)}
          columns={[
            { head: words.products.moved, cell: (row) => <Moved movement={row} /> },
            { head: words.products.balance, cell: ({ balance }) => figure(balance), isFigure: true },
            { head: words.products.document, cell: ({ cause }) => cause },
            { head: words.order.reason, cell: ({ reason }) => reason },
            { head: words.products.when, cell: ({ recordedAt }) => <Ago at={recordedAt} /> },
          ]}
        />
      )}
    </Answered>
  );
}
