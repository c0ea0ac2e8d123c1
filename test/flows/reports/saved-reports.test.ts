/**
 * Reports that are kept: as files that a spreadsheet reads with the same numbers, mailed by a real SMTP server, tried again
 * when the mail is refused, and alarms that ring once each time.
 */
import pg from 'pg';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, openDatabase } from '../../../src/db/database.ts';
import { claimDue, endClaim, putAlarm } from '../../../src/db/saved-reports.ts';
import { eventually } from '../../support/eventually.ts';
import { attachmentOf, type Mailbox, openMailbox } from '../../support/mailbox.ts';
import { startTestServer, type TestServer, useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

let mailbox: Mailbox;
let server: TestServer;
const withoutMail = useTestServer();

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startTestServer({ mail: { url: mailbox.url, from: 'allot@example.com' } });
});
afterAll(async () => {
  await server.stop();
  await mailbox.close();
});

async function shopWithReport(code: string) {
  const shop = await openShop(server, { policy: BACKORDER });
  await shop.place({ placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 3, unitPrice: 1_99 }] });
  await shop.place({ placedAt: '2026-05-01T10:00:00Z', items: [{ quantity: 4, unitPrice: 1_99 }] });
  const report = {
    measures: ['items', 'waiting_value', 'unit_fill_rate'] as ['items', 'waiting_value', 'unit_fill_rate'],
    by: [{ dimension: 'placed' as const, every: 'month' as const }],
    filters: [[{ dimension: 'channel' as const, is: [shop.name('G')] }]],
  };
  await server.client.must('putSavedReport', {
    params: { savedReport: code },
    body: { name: `Waiting, ${code}`, report },
  });
  return { shop, report };
}

/** @returns how many rows it was about */
async function sql(text: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(text);
  await client.end();
  return rowCount;
}

const march = new Date('2026-03-01T00:00:00Z');
const DAILY = { every: 'day' as const, at: '07:30', timeZone: 'Europe/Amsterdam', to: ['ops@example.com'] };

describe('a file', () => {
  it('is read by a spreadsheet with the same numbers and their types', async () => {
    const { report } = await shopWithReport('files');
    const text = encodeURIComponent(JSON.stringify(report));
    const address = `${server.address}/v1/reports/file?report=${text}&name=W%C3%A4rme`;
    const xlsx = await fetch(`${address}&format=xlsx`);
    expect(xlsx.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''W%C3%A4rme.xlsx");
    const [sheet] = await readXlsxFile(Buffer.from(await xlsx.arrayBuffer()));
    expect(sheet?.data).toEqual([
      ['Placed', 'Currency', 'Items', 'Waiting value', 'Unit fill rate'],
      [march, 'EUR', 1, 5.97, 0],
      [new Date('2026-05-01T00:00:00Z'), 'EUR', 1, 7.96, 0],
      ['Total', null, 2, 13.93, 0],
    ]);
    const csv = await fetch(`${address}&format=csv`);
    expect(await csv.text()).toBe(
      'Placed,Currency,Items,Waiting value,Unit fill rate\n2026-03-01,EUR,1,5.97,0\n2026-05-01,EUR,1,7.96,0\nTotal,,2,13.93,0\n',
    );
  });

  it('has the rows that a page leaves out', async () => {
    const shop = await openShop(server, { products: { A: BACKORDER, B: BACKORDER, C: BACKORDER } });
    for (const sku of ['A', 'B', 'C']) await shop.place({ items: [{ sku, quantity: 1 }] });
    const report = {
      measures: ['items'],
      by: [{ dimension: 'product' }],
      filters: [[{ dimension: 'channel', is: [shop.name('G')] }]],
      limit: 1,
    };
    const text = encodeURIComponent(JSON.stringify(report));
    const csv = await fetch(`${server.address}/v1/reports/file?report=${text}&format=csv`);
    expect((await csv.text()).trim().split('\n')).toHaveLength(1 + 3 + 1);
  });

  it('is refused with what is wrong', async () => {
    const wrong = await fetch(`${server.address}/v1/reports/file?report=%7B%7D&format=xlsx`);
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('report.measures');
  });
});

describe('a schedule', () => {
  it('mails the report with its file, names the next time, and keeps both', async () => {
    await shopWithReport('daily');
    const params = { savedReport: 'daily' };
    const kept = await server.client.must('putReportSchedule', { params, body: DAILY });
    expect(kept.schedule).toMatchObject({ ...DAILY, format: 'xlsx', lastSentAt: null });
    const before = mailbox.mails.length;
    await server.client.must('sendReport', { params });
    const mail = await mailbox.mail(before + 1);
    expect(mail.to).toEqual(['ops@example.com']);
    expect(mail.source).toContain('Subject: Waiting, daily');
    const { content } = attachmentOf(mail);
    const [sheet] = await readXlsxFile(content);
    expect(sheet?.data.at(-1)).toEqual(['Total', null, 2, 13.93, 0]);
    const sent = await eventually('sent', async () => {
      const { schedule } = await server.client.must('getSavedReport', { params });
      return schedule?.lastSentAt === null ? undefined : schedule;
    });
    expect(Date.parse(sent?.nextAt ?? '')).toBeGreaterThan(Date.now());
    expect(
      new Intl.DateTimeFormat('en-GB', { timeZone: DAILY.timeZone, timeStyle: 'short' }).format(
        new Date(sent?.nextAt ?? ''),
      ),
    ).toBe('07:30');
  });

  it('says why a mail was not sent, and sends it when it can', async () => {
    await shopWithReport('refused');
    const params = { savedReport: 'refused' };
    await server.client.must('putReportSchedule', { params, body: DAILY });
    mailbox.refuse('no room');
    await server.client.must('sendReport', { params });
    const failed = await eventually('the error', async () => {
      const { schedule } = await server.client.must('getSavedReport', { params });
      return schedule?.lastError ?? undefined;
    });
    expect(failed).toContain('no room');
    mailbox.refuse(undefined);
    const before = mailbox.mails.length;
    await sql("update report_schedules set claimed_until = now() where report = 'refused'");
    await server.client.must('sendReport', { params: { savedReport: 'refused' } });
    expect((await mailbox.mail(before + 1)).source).toContain('Subject: Waiting, refused');
  });

  it('is refused where no mail can be sent', async () => {
    const { client } = withoutMail();
    const params = { savedReport: 'x' };
    await client.must('putSavedReport', { params, body: { name: 'x', report: { measures: ['items'] } } });
    const answered = await client.call('putReportSchedule', { params, body: DAILY });
    expect(answered).toMatchObject({ ok: false, status: 409, problem: { code: 'mail_not_set' } });
  });
});

describe('an alarm', () => {
  it('rings once when the figure goes beyond, and again after it was back', async () => {
    const { shop, report } = await shopWithReport('alarm');
    const params = { savedReport: 'alarm' };
    const body = { name: 'Waiting, alarm', report: { ...report, measures: ['waiting_items' as const] } };
    await server.client.must('putSavedReport', { params, body });
    await server.client.must('putReportSchedule', { params, body: { ...DAILY, to: ['other@example.com'] } });
    const threshold = { measure: 'waiting_items' as const, when: 'above' as const, threshold: 2 };
    await server.client.must('putReportAlarm', { params, body: { ...threshold, to: ['ops@example.com'] } });
    const alarms = () => mailbox.mails.filter(({ source }) => source.includes('waiting_items is above 2'));
    /** From the end of a look to the end of the next one: one that has begun is not taken from who is at it. */
    const look = async () => {
      const unclaimed = "where report = 'alarm' and claimed_until is null";
      const one = async (text: string) => ((await sql(text)) === 1 ? true : undefined);
      await eventually('no look', () => one(`update report_alarms set next_at = now() ${unclaimed}`));
      await server.client.must('sendReport', { params });
      await eventually('a look', () => one(`select from report_alarms ${unclaimed} and next_at > now()`));
    };
    await look();
    expect(alarms()).toHaveLength(0);
    const third = await shop.place(1);
    await look();
    await look();
    expect(alarms()).toHaveLength(1);
    expect(alarms()[0]?.source).toContain('waiting_items of the report "Waiting, alarm" is 3');
    await shop.cancel(third);
    await look();
    await shop.place(1);
    await look();
    await look();
    expect(alarms()).toHaveLength(2);
  });

  it('that was changed while it was looked at is looked at again', async () => {
    const { client, databaseUrl } = withoutMail();
    const savedReport = 'changed';
    const report = { measures: ['items' as const] };
    await client.must('putSavedReport', { params: { savedReport }, body: { name: 'changed', report } });
    const db = openDatabase({ url: databaseUrl, connections: 1 });
    const put = () => inTransaction(db, (tx) => putAlarm(tx, savedReport, {}));
    await put();
    const claimed = await claimDue(db, 'alarm');
    expect(await claimDue(db, 'alarm')).toBeUndefined();
    await put();
    await endClaim(db, 'alarm', {
      report: savedReport,
      claim: claimed?.claim ?? '',
      sent: false,
      ringing: true,
    });
    expect(await claimDue(db, 'alarm')).toMatchObject({ code: savedReport, ringing: false });
    await db.destroy();
    await client.must('deleteSavedReport', { params: { savedReport } });
  });

  it('watches only what the report shows', async () => {
    await shopWithReport('watch');
    const params = { savedReport: 'watch' };
    const body = {
      measure: 'orders' as const,
      when: 'above' as const,
      threshold: 2,
      to: ['ops@example.com'],
    };
    expect(await server.client.call('putReportAlarm', { params, body })).toMatchObject({
      problem: { code: 'alarm_needs_measure' },
    });
  });
});

describe('what is kept', () => {
  it('is listed by name, replaced, and forgotten with what belongs to it', async () => {
    const { client } = withoutMail();
    const put = (code: string, name: string) =>
      client.must('putSavedReport', {
        params: { savedReport: code },
        body: { name, report: { measures: ['items'], by: [{ dimension: 'status' }] } },
      });
    await put('b', 'Alpha');
    await put('a', 'Beta');
    await put('a', 'Aardvark');
    const { rows } = await client.must('listSavedReports');
    expect(rows.map(({ name }) => name).filter((name) => name !== 'x')).toEqual(['Aardvark', 'Alpha']);
    expect(rows[0]?.report).toMatchObject({ measures: ['items'], limit: 200, show: 'table' });
    await client.must('deleteSavedReport', { params: { savedReport: 'a' } });
    const gone = await client.call('getSavedReport', { params: { savedReport: 'a' } });
    expect(gone).toMatchObject({ ok: false, status: 404 });
  });
});
