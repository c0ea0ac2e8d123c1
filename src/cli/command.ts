/**
 * What a command is: it gets its environment, says what it has to say on two streams, and returns an exit code. So
 * every command can be read as a story, and nothing but this folder and the platform touches the process.
 *
 * Exit codes, for scripts: 0 done, 1 it failed or a law is broken, 2 done in part (an import with rejected rows).
 */
import { type DatabaseConfig, readDatabaseConfig } from '../platform/config.ts';

export type ExitCode = 0 | 1 | 2;

/** Flags that every command understands. */
export interface GlobalFlags {
  readonly data?: string;
  readonly databaseUrl?: string;
}

export function databaseConfigOf(flags: GlobalFlags): DatabaseConfig {
  return readDatabaseConfig(flags, process.env);
}

/** A line of the result, on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A remark beside the result, on standard error. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The result for machines: one JSON text on standard output. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** 1,234,567 */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}
