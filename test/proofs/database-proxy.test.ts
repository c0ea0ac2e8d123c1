/**
 * The damaged cable of the proofs damages only what it says: a slow one delivers every byte in order, also at the moment
 * at which it is healed. (One that let later bytes pass earlier ones made a server answer 500 once in 170 faults.)
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { DatabaseProxy } from '../../bench/support/database-proxy.ts';
import { eventually } from '../support/eventually.ts';

it('bytes sent before and after a slow cable is healed arrive in order', async () => {
  const received: Buffer[] = [];
  const database = createServer((socket) => socket.on('data', (data) => received.push(data)));
  database.listen(0, '127.0.0.1');
  await once(database, 'listening');
  const { port } = database.address() as AddressInfo;
  const proxy = await DatabaseProxy.start(`postgres://user@127.0.0.1:${port}/none`);
  const node = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  await once(node, 'connect');
  node.setNoDelay(true);
  proxy.slow(200);
  node.write('slow,');
  await new Promise((resolve) => setTimeout(resolve, 50));
  proxy.heal();
  node.write('healed');
  const text = await eventually('everything has arrived', async () => {
    const all = Buffer.concat(received).toString();
    return all.length === 'slow,healed'.length ? all : undefined;
  });
  expect(text).toBe('slow,healed');
  node.destroy();
  await proxy.stop();
  database.close();
});
