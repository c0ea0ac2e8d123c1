/** Widgets that are short lists: most waited for, arriving, late, latest orders, what moved. Each row leads further. */
import { Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Changing } from '../components/changing.tsx';
import { Entries } from '../components/entries.tsx';
import { QuantityBar } from '../components/quantity-bar.tsx';
import { Ago, Badge, Moved, StatusBadge } from '../components/said.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { Widget } from './widget.tsx';

const ROWS = 8;

export function ProductsWidget() {
  const { words, figure } = useLanguage();
  const answer = useAnswer('listProducts', { query: { waiting: 'true', sort: 'waiting', limit: ROWS } });
  return (
    <Widget title={words.home.kinds.products}>
      <Answered answer={answer}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{words.waiting.nobodyAtAll}</Empty>
          ) : (
            <Entries>
              {rows.map(({ sku, name, backordered, preordered, unfillable }) => (
                <li key={sku}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <span className={tone.cut}>
                      <Link to="/waiting" search={{ sku }}>
                        {sku}
                      </Link>{' '}
                      <span className={tone.soft}>{name}</span>
                    </span>
                    <span className={tone.figure}>
                      <Changing>
                        {words.incoming.units(figure(backordered + preordered + unfillable))}
                      </Changing>
                    </span>
                  </Group>
                </li>
              ))}
            </Entries>
          )
        }
      </Answered>
    </Widget>
  );
}

export function ArrivingWidget() {
  const { words } = useLanguage();
  return <PurchaseOrders title={words.home.kinds.arriving} empty={words.home.nothingArriving} late={false} />;
}

export function LateWidget() {
  const { words } = useLanguage();
  return <PurchaseOrders title={words.home.kinds.late} empty={words.home.noneLate} late />;
}

interface PurchaseOrdersProps {
  readonly title: string;
  readonly empty: string;
  readonly late: boolean;
}

function PurchaseOrders({ title, empty, late }: PurchaseOrdersProps) {
  const { words, day, figure } = useLanguage();
  const answer = useAnswer('listPurchaseOrders', {
    query: { sort: 'expected', limit: ROWS, ...(late && { late: 'true' }) },
  });
  return (
    <Widget title={title}>
      <Answered answer={answer}>
        {({ rows }) => {
          const coming = rows.filter(({ nextExpectedOn }) => nextExpectedOn !== null);
          if (coming.length === 0) return <Empty>{empty}</Empty>;
          return (
            <Entries>
              {coming.map((order) => (
                <li key={order.number}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <span className={tone.cut}>
                      <Link to="/incoming/$number" params={{ number: order.number }}>
                        {order.number}
                      </Link>{' '}
                      <span className={tone.soft}>{order.supplier}</span>
                    </span>
                    <span className={tone.figure}>
                      {order.nextExpectedOn !== null && day(order.nextExpectedOn)}{' '}
                      {order.late && <Badge status="unfillable">{words.incoming.late}</Badge>}
                    </span>
                  </Group>
                  <span className={tone.soft}>
                    {words.home.serves(figure(order.open), figure(Math.min(order.wanted, order.open)))}
                  </span>
                </li>
              ))}
            </Entries>
          );
        }}
      </Answered>
    </Widget>
  );
}

export function LatestWidget() {
  const { words } = useLanguage();
  const answer = useAnswer('listOrders', { query: { limit: ROWS } });
  return (
    <Widget title={words.home.kinds.latest}>
      <Answered answer={answer}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>
              {words.home.noOrders} <Link to="/import">{words.home.importOrders}</Link>
            </Empty>
          ) : (
            <Entries>
              {rows.map((order) => (
                <li key={order.id}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <span className={tone.cut}>
                      <Link to="/orders/$orderId" params={{ orderId: String(order.id) }}>
                        {order.number}
                      </Link>{' '}
                      <span className={tone.soft}>
                        {order.channel}, <Ago at={order.placedAt} />
                      </span>
                    </span>
                    <StatusBadge status={order.status} />
                  </Group>
                  <QuantityBar quantities={order.quantities} />
                </li>
              ))}
            </Entries>
          )
        }
      </Answered>
    </Widget>
  );
}

export function ActivityWidget() {
  const { words } = useLanguage();
  const answer = useAnswer('listActivity', { query: { limit: ROWS } });
  return (
    <Widget title={words.home.kinds.activity}>
      <Answered answer={answer}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{words.home.noActivity}</Empty>
          ) : (
            <Entries>
              {rows.map((row) => (
                <li key={`${row.sku}/${row.warehouse}/${row.number}`}>
                  <Group justify="space-between" gap="xs" wrap="nowrap">
                    <span className={tone.cut}>
                      <Moved movement={row} />{' '}
                      <Link to="/products/$sku" params={{ sku: row.sku }}>
                        {row.sku}
                      </Link>{' '}
                      <span className={tone.soft}>
                        {row.warehouse}
                        {row.reason !== null && `, ${row.reason}`}
                      </span>
                    </span>
                    <span className={`${tone.figure} ${tone.soft}`}>
                      <Ago at={row.recordedAt} />
                    </span>
                  </Group>
                </li>
              ))}
            </Entries>
          )
        }
      </Answered>
    </Widget>
  );
}
