/**
 * Which instant a local release means (law L9: never early). Every case is computed a second time, apart from
 * PostgreSQL: by looking minute for minute at what a clock in that zone shows (Intl). A time shown once is that
 * minute; one shown twice is the later; one the clocks skip is as long after their change as it lies within what they
 * skip; a date is the minute from which the calendar there never again shows an earlier day.
 *
 * America/Vancouver and Europe/Chisinau are left out: their rules changed in 2026 and Node knows them later than
 * PostgreSQL. Each release is read wherever it is known: the order's view, the gate of shipping, open allocations.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../src/contract/call.ts';
import { useTestServer } from '../../support/server.ts';
import { openShop, preorder, refusal, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Zones are at most 14 hours ahead of UTC and 12 behind; an hour more on both sides. */
const MOST_AHEAD_MS = 15 * HOUR_MS;
const MOST_BEHIND_MS = 13 * HOUR_MS;

/** What the clocks there do at that moment, so that a case is known to be what it says. */
type Shown = 'once' | 'twice' | 'never';

type Case = readonly [at: string, timeZone: string, shown: Shown, why: string];

const CASES: readonly Case[] = [
  ['2026-07-01T00:00', 'Europe/Amsterdam', 'once', 'in summer'],
  ['2026-12-01T00:00', 'Europe/Amsterdam', 'once', 'in winter'],
  ['2035-07-04T00:00', 'America/New_York', 'once', 'years ahead'],

  ['2026-03-08T02:30', 'America/New_York', 'never', 'clocks go forward'],
  ['2026-03-08T01:59', 'America/New_York', 'once', 'the minute before they do'],
  ['2026-03-08T02:00', 'America/New_York', 'never', 'the first minute they skip'],
  ['2026-03-08T03:00', 'America/New_York', 'once', 'the first minute after'],
  ['2026-03-29T02:30', 'Europe/Amsterdam', 'never', 'clocks go forward'],
  ['2035-03-11T02:30', 'America/New_York', 'never', 'clocks go forward, years ahead'],
  ['2026-11-01T01:30', 'America/New_York', 'twice', 'clocks go back'],
  ['2026-11-01T01:00', 'America/New_York', 'twice', 'the first minute shown again'],
  ['2026-11-01T02:00', 'America/New_York', 'once', 'the first minute not shown again'],
  ['2026-10-25T02:30', 'Europe/Amsterdam', 'twice', 'clocks go back'],
  ['2035-10-28T02:30', 'Europe/Amsterdam', 'twice', 'clocks go back, years ahead'],
  ['2026-10-25T01:30', 'Europe/Dublin', 'twice', 'winter time is the irregular one there'],

  ['2018-11-04', 'America/Sao_Paulo', 'never', 'midnight is skipped'],
  ['2018-11-04T00:30', 'America/Sao_Paulo', 'never', 'within the hour after midnight that is skipped'],
  ['2018-02-18', 'America/Sao_Paulo', 'once', 'at midnight clocks go back to the day before'],
  ['2018-02-17T23:30', 'America/Sao_Paulo', 'twice', 'the last hour of the day comes twice'],
  ['2026-03-29', 'Asia/Beirut', 'never', 'midnight is skipped'],
  ['2023-04-28', 'Africa/Cairo', 'never', 'midnight is skipped'],
  ['2026-09-06', 'America/Santiago', 'never', 'midnight is skipped'],
  ['2026-03-29', 'America/Nuuk', 'once', 'clocks go forward to midnight'],
  ['2026-03-28T23:30', 'America/Nuuk', 'never', 'the last hour of the day is skipped'],
  ['2010-11-07', 'America/St_Johns', 'twice', 'a minute after midnight clocks go back to the day before'],

  ['2011-12-30', 'Pacific/Apia', 'never', 'the day is skipped'],
  ['2011-12-30T12:00', 'Pacific/Apia', 'never', 'noon of the day that is skipped'],
  ['2011-12-31', 'Pacific/Apia', 'once', 'the day after it'],
  ['1993-08-21', 'Pacific/Kwajalein', 'never', 'the day is skipped'],

  ['2028-02-29', 'Europe/Amsterdam', 'once', 'leap day'],
  ['2028-02-29T23:59', 'America/New_York', 'once', 'the last minute of a leap day'],

  ['2026-12-25', 'Pacific/Kiritimati', 'once', '14 hours ahead'],
  ['2026-12-25', 'Etc/GMT+12', 'once', '12 hours behind'],
  ['2026-12-25', 'Asia/Kathmandu', 'once', '5:45 ahead'],
  ['2026-12-25', 'America/St_Johns', 'once', '3:30 behind'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', 'never', 'clocks go forward by half an hour'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', 'twice', 'clocks go back by half an hour'],
  ['2026-09-27T03:15', 'Pacific/Chatham', 'never', 'clocks go forward at a quarter to three'],
  ['2026-04-05T03:15', 'Pacific/Chatham', 'twice', 'clocks go back at a quarter to four'],
  ['2026-03-29T02:15', 'Antarctica/Troll', 'never', 'clocks go forward by two hours'],
  ['2026-10-25T01:15', 'Antarctica/Troll', 'twice', 'clocks go back by two hours'],

  ['1970-01-01', 'Europe/London', 'once', 'the first day of the calendar, an hour ahead all year'],
  ['2199-12-31T23:59', 'Etc/GMT+12', 'once', 'the last minute of the calendar, in the last zone'],
];

/** Midnight shown twice, both times on the same day. */
const MIDNIGHT_TWICE: readonly Case[] = [
  ['2026-11-01', 'America/Havana', 'twice', 'at one in the morning clocks go back to midnight'],
  ['2026-10-25', 'Atlantic/Azores', 'twice', 'at one in the morning clocks go back to midnight'],
  ['2021-10-29', 'Asia/Amman', 'twice', 'at one in the morning clocks went back to midnight'],
];

/** What a clock in the zone shows, as milliseconds of a calendar without zones. */
function clockIn(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (instant) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
}

interface Meaning {
  readonly shown: Shown;
  /** The first minute at which the clock shows this or later: no release may come before it. */
  readonly first: number;
  readonly release: number;
}

/** Looks at the clock there, minute for minute. */
function meaningOf(at: string, timeZone: string): Meaning {
  const clock = clockIn(timeZone);
  const isDate = !at.includes('T');
  const wanted = Date.parse(isDate ? `${at}T00:00Z` : `${at}Z`);
  const shownAt: number[] = [];
  const reachedAt: number[] = [];
  let before = clock(wanted - MOST_AHEAD_MS - MINUTE_MS);
  let skipped = 0;
  for (let time = wanted - MOST_AHEAD_MS; time <= wanted + MOST_BEHIND_MS; time += MINUTE_MS) {
    const now = clock(time);
    if (now === wanted) shownAt.push(time);
    if (before < wanted && now >= wanted) {
      reachedAt.push(time);
      skipped = wanted - (before + MINUTE_MS);
    }
    before = now;
  }
  const first = reachedAt[0] ?? Number.NaN;
  const forGood = reachedAt.at(-1) ?? Number.NaN;
  const shown = shownAt.length === 0 ? 'never' : shownAt.length === 1 ? 'once' : 'twice';
  return { shown, first, release: isDate ? forGood : (shownAt.at(-1) ?? first + skipped) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

describe('a local release is one instant, never before a clock there shows it', () => {
  const server = useTestServer();
  const database: { client?: pg.Client } = {};
  const opened: { shop?: Shop; order?: number } = {};

  beforeAll(async () => {
    database.client = new pg.Client({ connectionString: server().databaseUrl });
    await database.client.connect();
    opened.shop = await openShop(server(), { policy: preorder() });
    opened.order = await opened.shop.place(1000);
    await opened.shop.receive(1000);
  });
  afterAll(async () => {
    await database.client?.end();
  });

  /** The release of one unit by the gate: why it may not ship yet, or what had to pass before it did. */
  async function releaseByTheGate(shop: Shop, order: number): Promise<{ release: string; passed: boolean }> {
    const reference = fresh('unit');
    try {
      await shop.ship(order, 1, { reference });
    } catch (error) {
      if (!(error instanceof RefusedError) || error.problem.code !== 'not_released') throw error;
      return { release: String(error.problem['releaseAt']), passed: false };
    }
    const shipped = await database.client?.query<{ released_at: Date }>(
      `select l.released_at from shipments s join shipment_lines l on l.shipment_id = s.id where s.reference = $1`,
      [reference],
    );
    return { release: shipped?.rows[0]?.released_at.toISOString() ?? 'none', passed: true };
  }

  async function releaseEverywhere(at: string, timeZone: string): Promise<string> {
    const { shop, order } = opened;
    if (shop === undefined || order === undefined) throw new Error('the shop opens before the tests');
    await shop.putProduct('P', preorder({}, { at, timeZone }));
    const { releaseAt } = await shop.item(order);
    const gate = await releaseByTheGate(shop, order);
    expect(gate.release).toBe(releaseAt);
    const { rows } = await server().client.must('listAllocations', {
      query: { warehouse: shop.name('W1') },
    });
    expect(rows.map((row) => row.shippable)).toEqual([gate.passed]);
    return releaseAt ?? 'none';
  }

  it.each(CASES)('%s in %s, shown %s: %s', async (at, timeZone, shown) => {
    const meaning = meaningOf(at, timeZone);
    expect(meaning.shown).toBe(shown);
    const release = await releaseEverywhere(at, timeZone);
    expect(release).toBe(iso(meaning.release));
    expect(Date.parse(release)).toBeGreaterThanOrEqual(meaning.first);
  });

  it.each(MIDNIGHT_TWICE)(
    '%s in %s, midnight shown %s: the first one begins the day (%s)',
    async (...row) => {
      const [at, timeZone, shown] = row;
      const meaning = meaningOf(at, timeZone);
      expect(meaning.shown).toBe(shown);
      expect(await releaseEverywhere(at, timeZone)).toBe(iso(meaning.release));
    },
  );
});

/**
 * Names that are accepted because Intl knows them, while PostgreSQL takes them for a fixed abbreviation, for a rule
 * of its own, or for nothing. Such a name is refused, or it means what a clock of that name shows.
 */
describe('a time zone means the same to whoever accepts it and to PostgreSQL', () => {
  const server = useTestServer();

  async function releaseOrRefusal(at: string, timeZone: string): Promise<string | number> {
    const shop = await openShop(server(), { policy: preorder() });
    const order = await shop.place(1);
    const put = await server().client.call('putProduct', {
      params: { sku: shop.name('P') },
      body: { name: 'P', policy: preorder({}, { at, timeZone }) },
    });
    return put.ok ? ((await shop.item(order)).releaseAt ?? 'none') : put.status;
  }

  it.each([
    ['AST', 'Alaska to Intl, the Atlantic to PostgreSQL: early by hours'],
    ['SystemV/EST5EDT', 'forward in April to Intl, in March to PostgreSQL: early by an hour'],
  ])('%s releases nothing early (%s)', async (timeZone) => {
    const at = '2027-03-20T12:00';
    const found = await releaseOrRefusal(at, timeZone);
    if (typeof found === 'number') expect(found).toBe(400);
    else expect(found >= iso(meaningOf(at, timeZone).first), `released ${found}`).toBe(true);
  });

  it.each(['CET', 'EET', 'MET', 'WET', 'PST', 'IST'])(
    '%s is refused, or its clock is kept',
    async (timeZone) => {
      const at = '2027-07-01T12:00';
      const found = await releaseOrRefusal(at, timeZone);
      if (typeof found === 'number') expect(found).toBe(400);
      else expect(found).toBe(iso(meaningOf(at, timeZone).release));
    },
  );

  // The last of this file: where such a name is accepted, its product stops every fill of the server.
  it.each(['AET', 'VST', 'US/Pacific-New'])(
    '%s, which PostgreSQL does not know, is refused',
    async (timeZone) => {
      const policy = preorder({}, { at: '2027-07-01', timeZone });
      const body = { name: 'P', policy };
      const put = server().client.must('putProduct', { params: { sku: `unknown-${timeZone}` }, body });
      expect(await refusal(put)).toMatchObject({ status: 400, code: 'invalid_request' });
    },
  );
});
