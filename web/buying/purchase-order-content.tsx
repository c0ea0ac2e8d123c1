/** What there is to know of a purchase order: its lines and days, whom it serves, what arrived, what happened. */
import { Progress, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Answered } from '../components/answered.tsx';
import { Entries } from '../components/entries.tsx';
import { Table } from '../components/list/table.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Ago, Badge } from '../components/said.tsx';
import { Empty } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

type PurchaseOrder = AnswerOf<'getPurchaseOrder'>;
type Line = PurchaseOrder['lines'][number];
const ROWS = 50;

export function PurchaseOrderContent({ order }: { readonly order: PurchaseOrder }) {
  const { words } = useLanguage();
  return (
    <>
      <Lines order={order} />
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.incoming.affected}
      </Title>
      <Affected number={order.number} />
      {order.receipts.length > 0 && <Receipts order={order} />}
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.order.events}
      </Title>
      <Events number={order.number} />
    </>
  );
}

function Lines({ order }: { readonly order: PurchaseOrder }) {
  const { words, figure, money } = useLanguage();
  return (
    <Table
      label={words.incoming.lines}
      rows={order.lines}
      keyOf={({ line }) => String(line)}
      columns={[
        { head: words.order.line, cell: ({ line }) => figure(line), isFigure: true },
        {
          head: words.orders.sku,
          cell: ({ sku }) => <ProductLink sku={sku} />,
        },
        { head: words.inventory.warehouse, cell: ({ warehouse }) => warehouse },
        { head: words.incoming.received, cell: (line) => <ReceivedOf line={line} /> },
        { head: words.incoming.open, cell: ({ open }) => figure(open), isFigure: true },
        { head: words.incoming.expected, cell: (line) => <Expected line={line} /> },
        {
          head: words.incoming.price,
          cell: ({ unitPrice }) => money(unitPrice, order.currency),
          isFigure: true,
        },
      ]}
    />
  );
}

function ReceivedOf({ line }: { readonly line: Line }) {
  const { words, figure, count } = useLanguage();
  const { received, ordered, closed } = line;
  return (
    <>
      {words.incoming.receivedOf(figure(received), figure(ordered))}
      {closed > 0 && <span className={tone.soft}> {words.incoming.notComing(count(closed))}</span>}
      <Progress
        value={(100 * received) / ordered}
        aria-label={words.incoming.receivedOf(figure(received), figure(ordered))}
        size="sm"
      />
    </>
  );
}

/** The day it was told last, when it is likely, and how often it moved. */
function Expected({ line }: { readonly line: Line }) {
  const { words, day, exact, count } = useLanguage();
  const { expectedOn, likelyOn, late, expectedDates } = line;
  const quoted = expectedDates
    .map(
      (each) =>
        `${day(each.expectedOn)} (${exact(each.quotedAt)}${each.reason === null ? '' : `, ${each.reason}`})`,
    )
    .join('\n');
  if (expectedOn === null) return <span className={tone.soft}>{words.incoming.byLeadTime}</span>;
  return (
    <>
      <span title={quoted}>{day(expectedOn)}</span>{' '}
      {late && <Badge status="unfillable">{words.incoming.late}</Badge>}
      <div className={tone.soft}>
        {likelyOn !== null && likelyOn !== expectedOn && words.incoming.likely(day(likelyOn))}{' '}
        {expectedDates.length > 1 && words.incoming.moved(count(expectedDates.length - 1))}
      </div>
    </>
  );
}

function Affected({ number }: { readonly number: string }) {
  const { words, figure, day, signed } = useLanguage();
  const answer = useAnswer('listAffectedItems', {
    params: { purchaseOrder: number },
    query: { limit: ROWS },
  });
  return (
    <Answered answer={answer} rows={3}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty>{words.incoming.nobodyAffected}</Empty>
        ) : (
          <Table
            label={words.incoming.affected}
            rows={rows}
            keyOf={({ orderId, line }) => `${orderId}/${line}`}
            columns={[
              {
                head: words.waiting.order,
                cell: (row) => (
                  <Link to="/orders/$orderId" params={{ orderId: String(row.orderId) }}>
                    {row.orderNumber}/{row.line}
                  </Link>
                ),
              },
              { head: words.orders.customer, cell: (row) => row.customer ?? words.orders.guest },
              { head: words.waiting.units, cell: (row) => figure(row.units), isFigure: true },
              {
                head: words.incoming.toldFirst,
                cell: (row) => (row.first === null ? words.waiting.unknown : day(row.first)),
              },
              {
                head: words.incoming.toldLast,
                cell: (row) => (row.told === null ? words.waiting.unknown : day(row.told)),
              },
              {
                head: words.incoming.movedBy,
                cell: (row) => (row.movedBy === null ? '' : signed(row.movedBy)),
                isFigure: true,
              },
            ]}
          />
        )
      }
    </Answered>
  );
}

function Receipts({ order }: { readonly order: PurchaseOrder }) {
  const { words, figure, day } = useLanguage();
  return (
    <>
      <Title order={2} size="h3" mt="xl" mb="sm">
        {words.incoming.receipts}
      </Title>
      <Table
        label={words.incoming.receipts}
        rows={order.receipts}
        keyOf={({ reference, line }) => `${reference}/${line}`}
        columns={[
          { head: words.order.reference, cell: ({ reference }) => reference },
          { head: words.order.line, cell: ({ line }) => figure(line), isFigure: true },
          { head: words.orders.quantities, cell: ({ units }) => figure(units), isFigure: true },
          { head: words.incoming.arrived, cell: ({ receivedOn }) => day(receivedOn) },
        ]}
      />
    </>
  );
}

function Events({ number }: { readonly number: string }) {
  const { words } = useLanguage();
  const answer = useAnswer('listPurchaseOrderEvents', {
    params: { purchaseOrder: number },
    query: { limit: ROWS },
  });
  return (
    <Answered answer={answer} rows={3}>
      {({ rows }) => (
        <Entries>
          {rows.map(({ number: each, cause, recordedAt }) => (
            <li key={each}>
              <strong>
                {Object.entries(words.incoming.causes).find(([name]) => name === cause)?.[1] ?? cause}
              </strong>{' '}
              <span className={tone.soft}>
                <Ago at={recordedAt} />
              </span>
            </li>
          ))}
        </Entries>
      )}
    </Answered>
  );
}
