/** Widgets that are short lists: most waited for, arriving, late, latest orders, what moved. Each row leads further. */
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../api/answers.tsx';
import { Changing } from '../components/figures/changing.tsx';
import { QuantityBar } from '../components/figures/quantity-bar.tsx';
import { ProductLink } from '../components/product-link.tsx';
import { Ago, Badge, Moved, StatusBadge } from '../components/said.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';
import { ListWidget, ROWS } from './list-widget.tsx';

export function ProductsWidget() {
  const { words, count } = useLanguage();
  const answer = useAnswer('listProducts', { query: { waiting: 'true', sort: 'waiting', limit: ROWS } });
  return (
    <ListWidget
      title={words.home.kinds.products}
      answer={answer}
      empty={words.waiting.nobodyAtAll}
      keyOf={({ sku }) => sku}
      about={({ sku, name }) => (
        <>
          <Link to="/waiting" search={{ sku }}>
            {sku}
          </Link>{' '}
          <span className={tone.soft}>{name}</span>
        </>
      )}
      end={({ backordered, preordered, unfillable }) => (
        <span className={tone.figure}>
          <Changing>{words.incoming.units(count(backordered + preordered + unfillable))}</Changing>
        </span>
      )}
    />
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
  const { words, day, figure, count } = useLanguage();
  const answer = useAnswer('listPurchaseOrders', {
    query: { sort: 'expected', limit: ROWS, ...(late && { late: 'true' }) },
  });
  return (
    <ListWidget
      title={title}
      answer={answer}
      empty={empty}
      isShown={({ nextExpectedOn }) => nextExpectedOn !== null}
      keyOf={({ number }) => number}
      about={({ number, supplier }) => (
        <>
          <Link to="/incoming/$number" params={{ number }}>
            {number}
          </Link>{' '}
          <span className={tone.soft}>{supplier}</span>
        </>
      )}
      end={(order) => (
        <span className={tone.figure}>
          {order.nextExpectedOn !== null && day(order.nextExpectedOn)}{' '}
          {order.late && <Badge status="unfillable">{words.incoming.late}</Badge>}
        </span>
      )}
      below={({ open, wanted }) => (
        <span className={tone.soft}>{words.home.serves(count(open), figure(Math.min(wanted, open)))}</span>
      )}
    />
  );
}

export function LatestWidget() {
  const { words } = useLanguage();
  const answer = useAnswer('listOrders', { query: { limit: ROWS } });
  return (
    <ListWidget
      title={words.home.kinds.latest}
      answer={answer}
      empty={
        <>
          {words.home.noOrders} <Link to="/import">{words.home.importOrders}</Link>
        </>
      }
      keyOf={({ id }) => String(id)}
      about={(order) => (
        <>
          <Link to="/orders/$orderId" params={{ orderId: String(order.id) }}>
            {order.number}
          </Link>{' '}
          <span className={tone.soft}>
            {order.channel}, <Ago at={order.placedAt} />
          </span>
        </>
      )}
      end={({ status }) => <StatusBadge status={status} />}
      below={({ quantities }) => <QuantityBar quantities={quantities} />}
    />
  );
}

export function ActivityWidget() {
  const { words } = useLanguage();
  const answer = useAnswer('listActivity', { query: { limit: ROWS } });
  return (
    <ListWidget
      title={words.home.kinds.activity}
      answer={answer}
      empty={words.home.noActivity}
      keyOf={({ sku, warehouse, number }) => `${sku}/${warehouse}/${number}`}
      about={(row) => (
        <>
          <Moved movement={row} /> <ProductLink sku={row.sku} />{' '}
          <span className={tone.soft}>
            {row.warehouse}
            {row.reason !== null && `, ${row.reason}`}
          </span>
        </>
      )}
      end={({ recordedAt }) => (
        <span className={`${tone.soft} ${tone.figure}`}>
          <Ago at={recordedAt} />
        </span>
      )}
    />
  );
}
