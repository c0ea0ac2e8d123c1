/**
 * Bad requests, generated from the contract table: a valid request to each operation, bent in its body, path, query,
 * headers, content type, method or on the wire itself. Whether a request is valid after all is asked of the operation's
 * own schemas; a valid one that could change something is never sent.
 */
import { z } from 'zod';
import type { Operation } from '../../src/contract/operation.ts';
import { OPERATIONS } from '../../src/contract/operations.ts';
import { bent, hostileCursor, hostileText, writeJson } from './hostile-values.ts';
import type { Random } from './seeded-random.ts';
import { type KnownValues, validValue } from './valid-values.ts';

export interface BadRequest {
  /** What was bent, for the report. */
  readonly kind: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** A request in the making: values still apart, and whether the wire alone makes it invalid. */
interface Draft {
  readonly operation: Operation;
  kind: string;
  method: string;
  params: Record<string, string>;
  /** Parameters already encoded, or encoded wrongly; they replace `params` in the path. */
  rawParams: Record<string, string>;
  query: [string, string][];
  body: unknown;
  text: Buffer | undefined;
  headers: Record<string, string>;
  surelyInvalid: boolean;
}

type Bend = (draft: Draft, random: Random) => void;

const JSON_TYPE = 'application/json';

function toText(body: unknown): Buffer {
  return Buffer.from(writeJson(body));
}

const bendBody: Bend = (draft, random) => {
  draft.body = bent(draft.body, random);
  draft.text = toText(draft.body);
};

/** Bytes that are no JSON. */
const brokenJson: Bend = (draft, random) => {
  const text = (draft.text ?? Buffer.from('{}')).toString();
  const broken = random.pick([
    text.slice(0, Math.max(1, text.length - random.between(1, 5))),
    `${text}}`,
    text.replace(/"/g, "'"),
    text.replace(/[}\]]$/, ',$&'),
    '{"a":NaN}',
    '{"a":01}',
    '{a:1}',
    '\u0000',
    `{"a":"${'\u0001'}"}`,
    'undefined',
  ]);
  draft.text = random.chance(0.1)
    ? Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
    : Buffer.from(broken);
};

const TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'json',
  '*/*',
  'text/csv',
  'text/plain; application/json',
  'application/json, text/plain',
  'application/vnd.api+json',
  'a'.repeat(8_000),
];
const wrongType: Bend = (draft, random) => {
  draft.headers['content-type'] = random.pick(TYPES);
  if (draft.text === undefined || draft.text.length === 0) draft.text = Buffer.from('x');
  draft.surelyInvalid = true;
};

const MEBIBYTE = 1_048_576;
const tooLarge: Bend = (draft) => {
  draft.text = Buffer.from(`"${'x'.repeat(MEBIBYTE)}"`);
  draft.surelyInvalid = true;
};

/** Encoded parts of a path that mean no text at all. */
const UNDECODABLE = ['%', '%f', '%ff', '%c3%28', '%zz', '%ed%a0%80'];
const DECODABLE = [
  '%00',
  '%0a',
  '%2e%2e',
  '..',
  '%2f',
  '-1',
  '0',
  '1.5',
  '1e999',
  'NaN',
  '0x1',
  '99999999999999999999',
  '%20',
];

const badPath: Bend = (draft, random) => {
  const names = Object.keys(draft.params);
  if (names.length === 0) return bendBody(draft, random);
  const name = random.pick(names);
  if (random.chance(0.3)) {
    draft.rawParams[name] = random.pick(UNDECODABLE);
    draft.surelyInvalid = true;
  } else if (random.chance(0.5)) {
    draft.rawParams[name] = random.pick(DECODABLE);
    draft.params[name] = decodeURIComponent(draft.rawParams[name]);
  } else {
    draft.params[name] = hostileText(random).toWellFormed().slice(0, 3_000) || ' ';
  }
};

const badQuery: Bend = (draft, random) => {
  const names = [
    ...draft.query.map(([name]) => name),
    'limit',
    'cursor',
    'sku',
    'status',
    'placedFrom',
    'unknown',
    '',
  ];
  for (let times = random.between(1, 3); times > 0; times--) {
    draft.query.push([random.pick(names), hostileText(random).toWellFormed().slice(0, 2_000)]);
  }
};

const badCursor: Bend = (draft, random) => {
  const { query } = draft.operation;
  if (!(query instanceof z.ZodObject && 'cursor' in query.shape)) return badQuery(draft, random);
  draft.query = [...draft.query.filter(([name]) => name !== 'cursor'), ['cursor', hostileCursor(random)]];
};

const ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'http://localhost:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
];
/** What a page of another origin makes a browser send. */
const foreignPage: Bend = (draft, random) => {
  Object.assign(draft.headers, random.pick(ELSEWHERE));
  draft.surelyInvalid = true;
};

const HOSTS = [
  'evil.example',
  'localhost.evil.example',
  '127.999.1.1',
  '127.1',
  'localhost.',
  'localhost:0',
  'localhost:99999',
  '[::ffff:127.0.0.1]',
  '0.0.0.0',
];
const badHost: Bend = (draft, random) => {
  draft.headers['host'] = random.pick(HOSTS);
  draft.surelyInvalid = true;
};

/** Headers that mean nothing here, beside a request that is wrong in another way. */
const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { expect: '200-ok' },
  { 'content-encoding': 'gzip' },
  { 'x-http-method-override': 'DELETE' },
  { 'accept-version': '9' },
  { 'last-event-id': 'x'.repeat(5_000) },
  { cookie: '__proto__=1; '.repeat(100) },
  { range: 'bytes=0-1' },
  { 'if-none-match': '*' },
];
const oddHeader: Bend = (draft, random) => {
  if (draft.method === 'GET') badQuery(draft, random);
  else bendBody(draft, random);
  Object.assign(draft.headers, random.pick(ODD_HEADERS));
};

const badKey: Bend = (draft, random) => {
  draft.headers['idempotency-key'] = random.pick([
    '',
    ' ',
    'a b',
    'é',
    'x'.repeat(201),
    'x'.repeat(5_000),
    '\t',
  ]);
};

const METHODS = ['PATCH', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'GET'];
const wrongMethod: Bend = (draft, random) => {
  const { path } = draft.operation;
  const taken = Object.values<Operation>(OPERATIONS).filter((each) => each.path === path);
  draft.method = random.pick(METHODS.filter((method) => !taken.some((each) => each.method === method)));
  draft.surelyInvalid = true;
};

const BENDS: readonly (readonly [string, number, Bend])[] = [
  ['body', 60, bendBody],
  ['broken JSON', 8, brokenJson],
  ['content type', 5, wrongType],
  ['too large', 1, tooLarge],
  ['path', 10, badPath],
  ['query', 8, badQuery],
  ['idempotency key', 4, badKey],
  ['method', 4, wrongMethod],
  ['cursor', 6, badCursor],
  ['foreign page', 6, foreignPage],
  ['host', 3, badHost],
  ['odd header', 3, oddHeader],
];
/** Those that reads can be bent by. */
const OF_READS = new Set([
  'path',
  'query',
  'idempotency key',
  'method',
  'cursor',
  'foreign page',
  'host',
  'odd header',
]);
const DRAWN = BENDS.flatMap((bend) => Array.from({ length: bend[1] }, () => bend));

function draftOf(operation: Operation, random: Random, known: KnownValues): Draft {
  const params = Object.entries(Object(validValue(operation.params, random, known)));
  const query = Object.entries(Object(validValue(operation.query, random, known)));
  const body = operation.method === 'GET' ? undefined : validValue(operation.body, random, known);
  return {
    operation,
    kind: '',
    method: operation.method,
    params: Object.fromEntries(params.map(([name, value]) => [name, String(value)])),
    rawParams: {},
    query: query.map(([name, value]) => [name, String(value)]),
    body,
    text: body === undefined || body === null ? undefined : toText(body),
    headers: {},
    surelyInvalid: false,
  };
}

function parsed(text: Buffer | undefined): { readonly json: unknown } | undefined {
  try {
    return { json: text === undefined ? undefined : JSON.parse(text.toString()) };
  } catch {
    return undefined;
  }
}

const VISIBLE_KEY = /^[\x21-\x7e]{1,200}$/;

/** As the server will see it: every part passes its schema. */
function isValid({ operation, params, query, text, headers, surelyInvalid }: Draft): boolean {
  const body = parsed(text);
  const key = headers['idempotency-key'];
  if (surelyInvalid || body === undefined) return false;
  if (key !== undefined && operation.method !== 'GET' && !VISIBLE_KEY.test(key)) return false;
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of query)
    fields[name] = fields[name] === undefined ? value : [fields[name], value].flat();
  return (
    operation.params.safeParse(params).success &&
    operation.query.safeParse(fields).success &&
    operation.body.safeParse(body.json).success
  );
}

function pathOf({ operation, params, rawParams, query }: Draft): string {
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => rawParams[name] ?? encodeURIComponent(params[name] ?? ''),
  );
  const fields = new URLSearchParams(query);
  return fields.size === 0 ? path : `${path}?${fields}`;
}

/** Most attempts to bend a request until it is invalid. */
const ATTEMPTS = 20;

/** The next bad request. Reads may come out valid after all: they can change nothing. */
export function badRequest(random: Random, known: KnownValues): BadRequest {
  const id = random.pick(Object.keys(OPERATIONS)) as keyof typeof OPERATIONS;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const draft = draftOf(OPERATIONS[id], random, known);
    const [kind, , bend] = random.pick(DRAWN);
    if (draft.method === 'GET' && !OF_READS.has(kind)) continue;
    bend(draft, random);
    if (draft.operation.method !== 'GET' && isValid(draft)) continue;
    const body = draft.method === 'GET' || draft.method === 'TRACE' ? undefined : draft.text;
    const headers: Record<string, string> = {
      ...(body === undefined ? {} : { 'content-type': JSON_TYPE }),
      ...draft.headers,
    };
    return { kind, operation: id, method: draft.method, path: pathOf(draft), headers, body };
  }
  return { kind: 'method', operation: id, method: 'PATCH', path: '/v1/orders', headers: {}, body: undefined };
}
