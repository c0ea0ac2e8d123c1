/** What of an error goes into the log: enough to find the fault, and nothing of anybody. */
import { describe, expect, test } from 'vitest';
import { createLogger, describeError } from './log.ts';

/** As node-postgres gives it. */
function fromPostgres(message: string, facts: object): Error {
  return Object.assign(new Error(message), { severity: 'ERROR', ...facts });
}

const duplicate = fromPostgres(
  'duplicate key value violates unique constraint "customers_by_mail" on "Jane Doe"',
  {
    code: '23505',
    constraint: 'customers_by_mail',
    table: 'customers',
    detail: 'Key (mail)=(jane@example.com) already exists.',
    where: "unnamed portal with parameters: $1 = 'Jane Doe'",
  },
);

describe('an error of PostgreSQL in the log', () => {
  test('says code, constraint, table and place, and no value', () => {
    const written = JSON.stringify(describeError(duplicate));
    for (const fact of ['23505', 'customers_by_mail', 'customers', 'log.test.ts'])
      expect(written).toContain(fact);
    expect(written).not.toMatch(/jane/i);
  });

  test('says no value either when it is the cause of another', () => {
    const written = JSON.stringify(describeError(new Error('not recorded', { cause: duplicate })));
    expect(written).toContain('not recorded');
    expect(written).toContain('23505');
    expect(written).not.toMatch(/jane/i);
  });

  test('keeps the names in an error about a statement, which holds no values', () => {
    const unknown = fromPostgres('relation "orderz" does not exist', { code: '42P01' });
    expect(describeError(unknown)).toMatchObject({ message: 'relation "orderz" does not exist' });
  });
});

test('an outage is written once in a while, a bug each time', () => {
  const lines: string[] = [];
  const logger = createLogger('warn', { write: (line) => lines.push(line) });
  for (let times = 0; times < 3; times++) {
    logger.error({ err: Object.assign(new Error('away'), { isOutage: true }) }, 'work failed');
    logger.error({ err: new Error('a bug') }, 'work failed');
  }
  expect(lines.filter((line) => line.includes('away'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('a bug'))).toHaveLength(3);
});
