/** Acts on several orders at once: each has its own result, and what was refused is said by number. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answered } from '../../src/contract/call.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { refusalIn, showError } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { useLanguage } from '../words/words.tsx';
import styles from './bulk-acts.module.css';

const FIRST = 100;

interface BulkActsProps {
  readonly orders: readonly number[];
  readonly done: () => void;
}

type Act = (orderId: number) => Promise<Answered<OperationId>>;

const prioritize =
  (priority: number): Act =>
  (orderId) =>
    client.call('prioritizeOrder', { params: { orderId }, body: { priority } });
const hold =
  (reason: string): Act =>
  (orderId) =>
    client.call('holdOrder', { params: { orderId }, body: { reason } });

export function BulkActs({ orders, done }: BulkActsProps) {
  const { words, count } = useLanguage();
  const { isRunning, start } = useBulk({ orders, done });
  if (orders.length === 0) return null;
  const acts: readonly (readonly [string, Act])[] = [
    [words.waiting.putFirst, prioritize(FIRST)],
    [words.waiting.usual, prioritize(0)],
    [words.order.hold, hold(words.order.holdReason)],
  ];
  return (
    <Group gap="xs" mb="xs" className={styles.bulk ?? ''} role="region" aria-label={words.waiting.bulk}>
      <strong>{words.waiting.bulkChosen(count(orders.length))}</strong>
      {acts.map(([name, act]) => (
        <Button key={name} size="xs" variant="default" loading={isRunning} onClick={() => start(act)}>
          {name}
        </Button>
      ))}
      <Button size="xs" variant="subtle" onClick={done}>
        {words.waiting.chooseNone}
      </Button>
    </Group>
  );
}

/** Does one act on each of the orders, one after the other. */
function useBulk({ orders, done }: BulkActsProps) {
  const language = useLanguage();
  const { words, count } = language;
  const shown = useQueryClient();
  const [isRunning, setRunning] = useState(false);
  async function run(act: Act): Promise<void> {
    setRunning(true);
    let changed = 0;
    const refused: string[] = [];
    for (const orderId of orders) {
      const answer = await act(orderId);
      if (answer.ok) changed += 1;
      else refused.push(`${orderId}: ${refusalIn(language, answer.problem)}`);
    }
    setRunning(false);
    notifications.show({ message: words.waiting.bulkDone(count(changed)) });
    if (refused.length > 0) showError(refused.join('\n'), language);
    done();
    await shown.invalidateQueries();
  }
  return {
    isRunning,
    start: (act: Act) => void run(act).catch((error: unknown) => showError(error, language)),
  };
}
