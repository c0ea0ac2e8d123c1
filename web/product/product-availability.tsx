/** What an order of one unit would get on each channel now: from stock, later by a day, or nothing. */
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAnswer } from '../api/answers.tsx';
import { Entries } from '../components/entries.tsx';
import { Promised } from '../components/figures/promised.tsx';
import { Badge } from '../components/said.tsx';
import { Empty, Loading } from '../components/states.tsx';
import { useLanguage } from '../words/words.tsx';

type Channel = AnswerOf<'listSalesChannels'>['rows'][number];

export function ProductAvailability({ sku }: { readonly sku: string }) {
  const { words } = useLanguage();
  const channels = useAnswer('listSalesChannels');
  const enabled = (channels.data?.rows ?? []).filter((channel) => channel.enabled);
  if (channels.isPending) return <Loading rows={2} />;
  if (enabled.length === 0) return <Empty>{words.channels.empty}</Empty>;
  return (
    <Entries>
      {enabled.map((channel) => (
        <li key={channel.code}>
          <strong>{channel.name}</strong> <Quoted sku={sku} channel={channel} />
        </li>
      ))}
    </Entries>
  );
}

function Quoted({ sku, channel }: { readonly sku: string; readonly channel: Channel }) {
  const { words } = useLanguage();
  const answer = useAnswer('quote', {
    body: { channel: channel.code, lines: [{ sku, quantity: 1 }] },
  });
  const line = answer.data?.lines[0];
  if (line === undefined) return <Loading rows={1} />;
  if (line.now > 0) return <Badge status="allocated">{words.products.inStock}</Badge>;
  if (!line.accepted) return <Badge status="unfillable">{words.products.refused}</Badge>;
  return (
    <>
      <Badge status="backordered">{words.products.later}</Badge> <Promised slices={line.later} />
    </>
  );
}
