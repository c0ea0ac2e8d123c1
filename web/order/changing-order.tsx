/** Changes the quantities of an order, and says before what that frees and what will wait. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct } from '../api/answers.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Table } from '../components/list/table.tsx';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';

type Order = AnswerOf<'getOrder'>;
type Item = Order['items'][number];

function wantedOf({ quantities }: Item): number {
  return quantities.ordered - quantities.cancelled;
}

/** Less gives up waiting units first; what is left to give up has stock, which becomes free. */
function freedBy(item: Item, wanted: number): number {
  const less = Math.max(0, wantedOf(item) - wanted);
  const { pending, backordered, preordered, unfillable } = item.quantities;
  return Math.max(0, less - pending - backordered - preordered - unfillable);
}

export function Changing({ order }: { readonly order: Order }) {
  const { words, figure, count } = useLanguage();
  const [wanted, setWanted] = useState<ReadonlyMap<number, number>>(new Map());
  const act = useAct('changeOrder', () => words.order.done.changed);
  const changes = order.items.flatMap((item) => {
    const quantity = wanted.get(item.line);
    return quantity === undefined || quantity === wantedOf(item) ? [] : [{ item, quantity }];
  });
  const freed = changes.reduce((sum, { item, quantity }) => sum + freedBy(item, quantity), 0);
  const more = changes.reduce((sum, { item, quantity }) => sum + Math.max(0, quantity - wantedOf(item)), 0);
  return (
    <Dialog
      act={words.order.change}
      begin={() => setWanted(new Map())}
      disabled={changes.length === 0}
      run={() =>
        act.mutateAsync({
          params: { orderId: order.id },
          body: { items: changes.map(({ item, quantity }) => ({ line: item.line, quantity })) },
        })
      }
    >
      <Table
        label={words.order.change}
        rows={order.items}
        keyOf={(item) => String(item.line)}
        columns={[
          { head: words.order.line, cell: (item) => figure(item.line), isFigure: true },
          { head: words.orders.sku, cell: (item) => item.sku },
          { head: words.order.now, cell: (item) => figure(wantedOf(item)), isFigure: true },
          {
            head: words.order.wanted,
            cell: (item) => (
              <WholeNumber
                label={words.order.wantedOf(item.line)}
                isLabelHidden
                min={item.quantities.shipped}
                value={wanted.get(item.line) ?? wantedOf(item)}
                choose={(value) => setWanted(new Map([...wanted, [item.line, value ?? wantedOf(item)]]))}
              />
            ),
          },
        ]}
      />
      <Text aria-live="polite">{words.order.changeEffect(count(freed), figure(more))}</Text>
    </Dialog>
  );
}
