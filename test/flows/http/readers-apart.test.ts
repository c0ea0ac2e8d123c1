/**
 * Those who read much keep nobody else waiting: they take turns on connections of their own, and whose turn does not come
 * in time is told when to come again.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type Asker, OverloadedError } from '../../../src/app/frame/overload.ts';
import { Turns } from '../../../src/app/frame/turns.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

const server = useTestServer();
const PATIENT: Asker = { hasLeft: () => false, patienceMs: 600_000 };

it('orders, acts and other reads go on while twenty trials of rules stand still', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const { version } = await server().client.must('createRuleSet', {
    body: {
      note: 'a trial',
      rules: [{ code: 'r', name: 'r', strategies: [{ kind: 'most_stock' }] }],
    },
  });
  const foreign = new pg.Client({ connectionString: server().databaseUrl });
  await foreign.connect();
  await foreign.query('begin; lock table rule_sets in access exclusive mode');
  const trials = Array.from({ length: 20 }, () =>
    fetch(`${server().address}/v1/rule-sets/${version}/dry-runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=1' },
      body: JSON.stringify({ lastOrders: 1 }),
    }),
  );
  // were these to need a connection that a trial has, they would be turned away
  const order = await shop.place(1);
  await shop.receive(1);
  expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
  const answers = await Promise.all(trials);
  await foreign.query('rollback');
  await foreign.end();
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

describe('turns', () => {
  /** An act that ends when told. */
  function openAct() {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { act: () => ended, end };
  }

  it('come in order, and pass over who has gone', async () => {
    const turns = new Turns({ what: 'acts', atOnce: 1, mostWaiting: 10 });
    const first = openAct();
    const done: string[] = [];
    const running = turns.run(PATIENT, first.act);
    const gone = turns.run({ ...PATIENT, hasLeft: () => true }, async () => done.push('gone'));
    const second = turns.run(PATIENT, async () => done.push('second'));
    const third = turns.run(PATIENT, async () => done.push('third'));
    first.end();
    await expect(gone).rejects.toThrow(OverloadedError);
    await Promise.all([running, second, third]);
    expect(done).toEqual(['second', 'third']);
    expect(await turns.run(PATIENT, async () => 7)).toBe(7);
  });

  it('are bounded in number and time, but for who has begun already', async () => {
    const turns = new Turns({ what: 'acts', atOnce: 1, mostWaiting: 1 });
    const first = openAct();
    const running = turns.run(PATIENT, first.act);
    await expect(turns.run({ ...PATIENT, patienceMs: 0 }, async () => 1)).rejects.toThrow('at once');
    const waiting = turns.run(PATIENT, async () => 2);
    await expect(turns.run(PATIENT, async () => 3)).rejects.toThrow('wait already');
    const begun = turns.run({ ...PATIENT, patienceMs: Number.POSITIVE_INFINITY }, async () => 4);
    first.end();
    expect(await Promise.all([running, waiting, begun])).toEqual([undefined, 2, 4]);
  });
});
