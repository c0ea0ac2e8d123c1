/**
 * Two kinds of tests. Pure ones ask rules and the house, and need nothing: `npm run test:unit`. All others
 * run on one real PostgreSQL for the whole run (test/support/postgres.ts), each file on a database of its
 * own.
 */
import { defineConfig } from 'vitest/config';

const PURE = ['src/**/*.test.ts', 'test/house/**/*.test.ts', 'test/web/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // only against what would never end: a test waits for signs, and a busy machine makes it slower, not wrong
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: 'unit', include: PURE } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['test/**/*.test.ts'],
          exclude: PURE,
          globalSetup: ['test/support/postgres.ts'],
        },
      },
    ],
  },
});
