/** One real PostgreSQL for the whole run (test/support/postgres.ts); each test file gets a database of its own. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // only against what would never end: a test waits for signs, and a busy machine makes it slower, not wrong
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
