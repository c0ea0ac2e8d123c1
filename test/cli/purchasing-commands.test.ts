/** What the daily commands of purchasing and promises print, as a person at the terminal sees it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { inDays } from '../support/shop-supply.ts';
import { run } from './purchasing-shop.ts';
import { runCommand } from './run-command.ts';

const server = useTestServer();
let shop: Shop;
let coming: string;

/** P: 3 in stock, 10 on their way; Q may not wait. */
beforeAll(async () => {
  shop = await openShop(server(), { policy: BACKORDER, products: { Q: {} }, stock: { W1: 3 } });
  await shop.supply.putSupplier();
  await shop.supply.putSupplier('S2');
  await shop.supply.putTerms({});
  coming = await shop.supply.order([
    { quantity: 10, unitPrice: 1250, expectedOn: inDays(10) },
    { quantity: 4, expectedOn: inDays(20) },
  ]);
  await shop.supply.expect(coming, inDays(12), 2);
  await shop.supply.receiveOrder(coming, 2, { reference: 'DN-1' });
  const late = await shop.supply.order([{ quantity: 6, expectedOn: inDays(-5), warehouse: 'W2' }]);
  await shop.supply.draft([{ quantity: 1 }], 'DRAFT-1');
  expect(late).not.toBe(coming);
});

const allot = (...args: readonly string[]) => run(server(), ...args);
/** Rows of a table, with single spaces. */
const rowsOf = (out: string) => out.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());

describe('allot purchase-orders', () => {
  it('lists them, the newest first, by late, supplier and status', async () => {
    const supplier = shop.name('S');
    const all = await allot('purchase-orders');
    expect(all.code).toBe(0);
    const [head, , ...rows] = rowsOf(all.out.trimEnd());
    expect(head).toBe('number supplier status lines ordered received open value next expected late');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe(`DRAFT-1 ${supplier} draft 1 1 0 1 0.00 EUR -`);
    expect(rows[2]).toBe(`${coming} ${supplier} partly received 2 14 2 12 125.00 EUR ${inDays(10)}`);
    const late = rowsOf((await allot('purchase-orders', '--late', '--supplier', supplier)).out.trimEnd());
    expect(late.slice(2)).toEqual([expect.stringMatching(/ sent 1 6 0 6 0\.00 EUR \S+ late$/)]);
    const drafts = await allot('purchase-orders', '--status', 'draft', '--json');
    expect(JSON.parse(drafts.out)).toMatchObject({ rows: [{ number: 'DRAFT-1' }], more: false });
    const newest = await allot('purchase-orders', '--limit', '1');
    expect(newest.err).toContain('the newest 1 are shown; --limit shows more');
    expect((await allot('purchase-orders', '--supplier', shop.name('S2'))).out).toBe('no purchase orders\n');
  });

  it('says what is not there and what would be accepted', async () => {
    const nobody = await allot('purchase-orders', '--supplier', 'NOBODY');
    expect(nobody).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^allot: not_found: .*NOBODY/),
    });
    const limit = await allot('purchase-orders', '--limit', 'x');
    expect(limit.err).toBe("allot: --limit is 'x'; accepted: a whole number from 1 to 10000\n");
    const status = await runCommand(['purchase-orders', '--status', 'lost'], {
      DATABASE_URL: server().databaseUrl,
    });
    expect(status.code).toBe(1);
    expect(status.err).toContain('Allowed choices are draft, sent, confirmed, partly_received');
  });
});

describe('allot purchase-order', () => {
  it('shows lines, quoted days and receipts', async () => {
    const ended = await runCommand(['purchase-order', coming], { DATABASE_URL: server().databaseUrl });
    expect(ended).toMatchObject({ code: 0, err: '' });
    const rows = rowsOf(ended.out);
    expect(rows[0]).toMatch(`${coming}: partly received, supplier ${shop.name('S')}, sent 20`);
    expect(rows[0]).toContain(', 125.00 EUR');
    const [product, warehouse] = [shop.name('P'), shop.name('W1')];
    expect(rows).toContainEqual(
      expect.stringContaining(`1 ${product} ${warehouse} 10 2 0 8 12.50 EUR ${inDays(10)}`),
    );
    expect(rows.filter((row) => row.startsWith(`2 ${inDays(20)} `))).toHaveLength(1);
    expect(rows.filter((row) => row.startsWith(`2 ${inDays(12)} `))).toHaveLength(1);
    expect(rows).toContainEqual(expect.stringMatching(/^DN-1 1 2 20/));
  });

  it('says that there is none', async () => {
    const ended = await allot('purchase-order', 'NONE');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(/^allot: not_found: There is no purchase order NONE$/m);
  });
});

describe('allot quote', () => {
  it('says what comes now, what later and from where, and what is refused', async () => {
    const [channel, product, other] = [shop.name('G'), shop.name('P'), shop.name('Q')];
    const ended = await allot('quote', channel, `${product}=20`, `${other}=2`);
    expect(ended.code).toBe(0);
    const rows = rowsOf(ended.out);
    expect(rows).toContain(`${product} 5 now stock`);
    expect(rows).toContainEqual(
      expect.stringMatching(`^${product} \\d+ later \\S+ purchase order ${coming}/1`),
    );
    expect(rows).toContainEqual(expect.stringMatching(`^${other} 2 refused \\w+`));
    expect(rows).toContainEqual(
      expect.stringContaining(`${channel} would not take an order for so many of ${other}`),
    );
  });

  it('refuses what it cannot read, and channels and products that are not there', async () => {
    expect((await allot('quote', shop.name('G'), 'CUP')).err).toBe(
      "allot: 'CUP' is not SKU=UNITS; accepted: such as CUP=12\n",
    );
    expect((await allot('quote', 'NOWHERE', 'CUP=1')).err).toContain('unknown_channel: ');
    expect((await allot('quote', shop.name('G'), 'A=B=1')).err).toContain(
      'unknown_sku: There is no product A=B',
    );
    expect((await allot('quote', shop.name('G'), 'CUP=0')).err).toContain('invalid_request: ');
  });
});

describe('allot atp', () => {
  it('says day by day what can still be promised', async () => {
    const ended = await allot('atp', shop.name('P'), shop.name('G'), '--days', '15');
    expect(ended.code).toBe(0);
    const [head, , ...rows] = rowsOf(ended.out.trimEnd());
    expect(head).toBe('day supply promised left available');
    expect(rows[0]).toMatch(/^\d{4}-\d\d-\d\d \d+ 0 \d+ \d+$/);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    const { periods } = JSON.parse((await allot('atp', shop.name('P'), shop.name('G'), '--json')).out);
    expect(periods[0]).toMatchObject({ promised: 0 });
  });

  it('refuses days and products it does not know', async () => {
    expect((await allot('atp', 'NONE', shop.name('G'))).err).toContain(
      'unknown_sku: There is no product NONE',
    );
    expect((await allot('atp', shop.name('P'), shop.name('G'), '--days', 'x')).err).toContain(
      "--days is 'x'; accepted: a whole number from 1 to 366",
    );
  });
});
