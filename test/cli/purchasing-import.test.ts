/** Imports of purchasing: bad rows come back with line, column, value and what is accepted; a repeat changes nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { type Imported, importRows, run, startShop } from './purchasing-shop.ts';

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allot-purchasing-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  server = await startShop();
  for (const [supplier, minimumOrder] of [
    ['S', null],
    ['BIG', 5000],
  ] as const) {
    const body = { name: supplier, currency: 'EUR', timeZone: 'UTC', leadDays: 5, minimumOrder };
    await server.client.must('putSupplier', { params: { supplier }, body });
  }
  return () => server.stop();
});

const importOf = (kind: string, ...rows: readonly string[]): Promise<Imported> =>
  importRows({ server, folder, kind }, ...rows);
const orderOf = (purchaseOrder: string) =>
  server.client.must('getPurchaseOrder', { params: { purchaseOrder } });
const ORDER_HEAD = 'number,supplier,status,sku,warehouse,quantity,unit_price,expected_on';
const RECEIPT_HEAD = 'reference,purchase_order,line,sku,warehouse,units';

describe('import suppliers and supplier-products', () => {
  it('rejects bad cells by line and column', async () => {
    const ended = await importOf(
      'suppliers',
      'code,name,currency,time_zone,lead_days,closed_weekdays,closed_dates',
      'S1,Supplier,EUR,UTC,5,6;7,2030-12-25',
      'S 2,Supplier,EUR,UTC,5,,',
      'S3,Supplier,EUR,Utopia,5,,',
      'S4,Supplier,EUR,UTC,soon,,',
      'S5,Supplier,EUR,UTC,5,8,',
      'S6,Supplier,EUR,UTC,5,,25.12.2030',
      'S7,Supplier,EUR,UTC,5,1 2 3 4 5 6 7,',
    );
    expect(ended).toMatchObject({ code: 2, counts: [1, 0, 6] });
    expect(ended.rejects).toEqual([
      "S 2 | 3 | code | 'S 2': letters, digits, dot, dash and underscore, at most 64",
      "S3 | 4 | time_zone | 'Utopia': an IANA time zone such as Europe/Amsterdam",
      "S4 | 5 | lead_days | 'soon' is not a whole number",
      "S5 | 6 | closed_weekdays | '8' is not a list of weekdays such as 6 7 (1 is Monday)",
      "S6 | 7 | closed_dates | '25.12.2030' is not a list of days such as 2026-12-25 2026-12-26",
      expect.stringContaining("S7 | 8 | closed_weekdays | '1 2 3 4 5 6 7': "),
    ]);
    expect(await server.client.must('getSupplier', { params: { supplier: 'S1' } })).toMatchObject({
      closedWeekdays: [6, 7],
      closedDates: ['2030-12-25'],
    });
    const refused = await run(server, 'import', 'suppliers', join(folder, 'suppliers.csv'), '--channel', 'C');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('--channel says nothing about suppliers');
  });

  it('rejects terms of suppliers and products that are not there', async () => {
    const ended = await importOf(
      'supplier-products',
      'supplier,sku,pack_size,buy_to_order',
      'S,CUP,6,',
      'S,NONE,,',
      'S9,CUP,,',
      'S,PAN,0,',
      'S,PAN,,perhaps',
    );
    expect(ended).toMatchObject({ code: 2, counts: [1, 0, 4] });
    expect(ended.rejects).toEqual([
      'S | 3 | sku | unknown_sku: There is no product NONE',
      'S9 | 4 | supplier | not_found: There is no supplier S9',
      expect.stringContaining("S | 5 | pack_size | '0': "),
      "S | 6 | buy_to_order | 'perhaps' is not true or false",
    ]);
  });
});

describe('import purchase-orders', () => {
  it('keeps good orders and names what is wrong with the others', async () => {
    const ended = await importOf(
      'purchase-orders',
      `${ORDER_HEAD},line,closed`,
      'A,S,confirmed,CUP,W1,10,100,2030-05-01,,',
      'B,S,,CUP,W1,1,,,,',
      'A,S,,PAN,W1,5,,2030-06-01,,2',
      'C,S,sent,NONE,W1,1,,,,',
      'C,S,sent,CUP,W1,1,,,,',
      'D,S,sent,CUP,W1,0,,,,',
      'E,S,posted,CUP,W1,1,,,,',
      'F,S,sent,CUP,W1,1,,31.12.2030,,',
      'G,BIG,sent,CUP,W1,1,100,,,',
      'H,NOBODY,,CUP,W1,1,,,,',
      'I,S,,CUP,W1,1,,,2,',
      'J,S,,CUP,W1,3,,,,1',
      'K,S,sent,PAN,W2,2,,,2,',
      'K,S,sent,CUP,W2,1,,,1,',
      'L,BIG,,CUP,W1,1,,,,',
      'L,S,,CUP,W1,1,,,,',
    );
    expect(ended).toMatchObject({ code: 2, counts: [5, 0, 11] });
    expect(ended.rejects).toEqual([
      'C | 5 | sku | unknown_sku: There is no product NONE',
      'C | 6 |  | not imported, since line 5 of the same purchase order is bad',
      expect.stringContaining("D | 7 | quantity | '0': "),
      expect.stringContaining('E | 8 | status | \'posted\': Invalid option: expected one of "draft"'),
      "F | 9 | expected_on | '31.12.2030' is not a day such as 2026-03-31",
      expect.stringMatching(/^G \| 10 \| quantity \| below_minimum: .*; G stays a draft$/),
      'H | 11 | supplier | unknown_supplier: There is no supplier NOBODY',
      expect.stringContaining("I | 12 | line | lines_numbered: '2' is not 1: "),
      expect.stringContaining("J | 13 | closed | closed_units: '1' is not from 0 to 0: nothing of a draft"),
      'L | 16 | number | not imported, since line 17 of the same purchase order is bad',
      expect.stringContaining("L | 17 | supplier | 'S' differs from line 16"),
    ]);
    expect(await orderOf('A')).toMatchObject({
      status: 'confirmed',
      lines: [
        { sku: 'CUP', ordered: 10, unitPrice: 100, expectedOn: '2030-05-01', closed: 0 },
        { sku: 'PAN', ordered: 5, closed: 2, open: 3, expectedOn: '2030-06-01' },
      ],
    });
    expect(await orderOf('B')).toMatchObject({ status: 'draft' });
    expect(await orderOf('G')).toMatchObject({ status: 'draft' });
    expect((await orderOf('K')).lines).toMatchObject([{ sku: 'CUP' }, { sku: 'PAN' }]);
  });

  it('changes nothing when repeated, goes on where it ended, and says what differs', async () => {
    const first = [ORDER_HEAD, 'A,S,sent,CUP,W1,10,100,', 'A,S,sent,PAN,W1,5,,', 'B,S,,CUP,W1,1,,'];
    expect(await importOf('purchase-orders', ...first)).toMatchObject({ code: 0, counts: [3, 0, 0] });
    const standing = [await orderOf('A'), await orderOf('B')];
    expect(await importOf('purchase-orders', ...first)).toMatchObject({ code: 0, counts: [0, 3, 0] });
    expect([await orderOf('A'), await orderOf('B')]).toEqual(standing);

    const next = await importOf(
      'purchase-orders',
      ORDER_HEAD,
      'A,S,confirmed,CUP,W1,10,100,',
      'A,S,confirmed,PAN,W1,5,,',
      'B,S,,PAN,W2,7,,',
    );
    expect(next).toMatchObject({ code: 0, counts: [3, 0, 0] });
    expect(await orderOf('A')).toMatchObject({ status: 'confirmed' });
    expect(await orderOf('B')).toMatchObject({ status: 'draft', lines: [{ sku: 'PAN', ordered: 7 }] });

    await importOf('receipts', RECEIPT_HEAD, 'DN,A,,CUP,W1,1');
    expect(await importOf('purchase-orders', ...first.slice(0, 3))).toMatchObject({ counts: [0, 2, 0] });
    const differing = await importOf(
      'purchase-orders',
      ORDER_HEAD,
      'A,BIG,confirmed,CUP,W1,11,100,2031-01-01',
    );
    expect(differing).toMatchObject({ code: 2, counts: [0, 0, 1] });
    const [reject = ''] = differing.rejects;
    expect(reject).toContain('A | 2 | number | differs: purchase order A was confirmed before: ');
    expect(reject).toContain(
      'its supplier is S, not BIG; it has 2 lines, not 1; quantity of line 1 is 10, not 11',
    );
    expect(reject).toContain('not 2031-01-01');
    const cancelling = await importOf(
      'purchase-orders',
      ORDER_HEAD,
      ...first.slice(1, 3).map((row) => row.replace('sent', 'cancelled')),
    );
    expect(cancelling.rejects[0]).toContain('its status is confirmed, not cancelled');
  });
});

describe('import receipts', () => {
  it('counts in once and names what cannot be counted in', async () => {
    await importOf(
      'purchase-orders',
      ORDER_HEAD,
      'A,S,sent,CUP,W1,10,,',
      'A,S,sent,PAN,W1,5,,',
      'A,S,sent,PAN,W2,5,,',
      'A,S,sent,PAN,W2,6,,',
      'B,S,,CUP,W1,1,,',
    );
    const rows = [
      RECEIPT_HEAD,
      'DN-1,A,1,,W1,4',
      'DN-2,,,CUP,W2,3',
      'DN-1,A,,PAN,W1,5',
      'DN-3,A,,CUP,W1,7',
      'DN-4,B,1,,W1,1',
      'DN-5,NONE,1,,W1,1',
      'DN-6,A,9,,W1,1',
      'DN-7,A,,PAN,W2,1',
      'DN-8,A,1,,W2,1',
      'DN-9,A,1,PAN,W1,1',
      'DN-10,,1,CUP,W1,1',
      'DN-11,A,,,W1,1',
      'DN-12,,,NONE,W1,1',
      'DN-12,,,CUP,W1,1',
      'DN-13,A,1,,W1,none',
    ];
    const ended = await importOf('receipts', ...rows);
    expect(ended).toMatchObject({ code: 2, counts: [3, 0, 12] });
    expect(ended.rejects).toEqual([
      expect.stringContaining('DN-3 | 5 | units | over_receipt: Line 1 of A takes 6 more units'),
      'DN-4 | 6 | purchase_order | not_on_its_way: Purchase order B is draft; send it first',
      'DN-5 | 7 | purchase_order | not_found: There is no purchase order NONE',
      "DN-6 | 8 | line | no_such_line: '9' is no line of A; accepted: 1 to 4",
      "DN-7 | 9 | line | no_such_line: 'PAN' is ordered on several lines of A; name one: 3, 4",
      expect.stringContaining(
        'DN-8 | 10 | warehouse | wrong_warehouse: Line 1 of A arrives in W1, not in W2',
      ),
      "DN-9 | 11 | sku | sku_not_ordered: 'PAN' is not ordered on line 1 of A; accepted: CUP",
      expect.stringContaining("DN-10 | 12 | line | line_without_order: '1' is the line of a purchase order"),
      'DN-11 | 13 | sku | missing: a SKU, or the line of a purchase order',
      'DN-12 | 14 | sku | unknown_sku: There is no product NONE',
      'DN-12 | 15 |  | not imported, since line 14 of the same receipt is bad',
      "DN-13 | 16 | units | 'none' is not a whole number",
    ]);
    const { lines, receipts } = await orderOf('A');
    expect(lines.map(({ received }) => received)).toEqual([4, 5, 0, 0]);
    expect(receipts.map(({ reference, line, units }) => [reference, line, units])).toEqual([
      ['DN-1', 1, 4],
      ['DN-1', 2, 5],
    ]);
    const again = await importOf('receipts', ...rows);
    expect(again).toMatchObject({ counts: [0, 3, 12], rejects: ended.rejects });
  });

  it('knows a receipt whose lines come in another order, and rejects a reference with other contents', async () => {
    await importOf('purchase-orders', ORDER_HEAD, 'A,S,sent,CUP,W1,10,,', 'A,S,sent,PAN,W1,5,,');
    const rows = ['DN-1,A,1,,W1,4', 'DN-1,A,2,,W1,5', 'DN-2,,,CUP,W2,3', 'DN-2,,,PAN,W2,4'];
    expect(await importOf('receipts', RECEIPT_HEAD, ...rows)).toMatchObject({ counts: [4, 0, 0] });
    expect(await importOf('receipts', RECEIPT_HEAD, ...rows.toReversed())).toMatchObject({
      code: 0,
      counts: [0, 4, 0],
    });
    const other = await importOf('receipts', RECEIPT_HEAD, 'DN-1,A,1,,W1,6', 'DN-2,,,CUP,W2,4');
    expect(other).toMatchObject({ code: 2, counts: [0, 0, 2] });
    expect(other.rejects).toEqual([
      expect.stringMatching(/^DN-1 \| 2 \| reference \| reference_reused: .*DN-1/),
      expect.stringMatching(/^DN-2 \| 3 \| reference \| reference_reused: .*DN-2/),
    ]);
    const { rows: levels } = await server.client.must('listInventoryLevels');
    expect(levels.map(({ sku, warehouse, onHand }) => [sku, warehouse, onHand])).toEqual([
      ['CUP', 'W1', 4],
      ['CUP', 'W2', 3],
      ['PAN', 'W1', 5],
      ['PAN', 'W2', 4],
    ]);
  });
});
