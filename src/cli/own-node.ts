/**
 * A command that speaks to the API brings its own node: it lives in this process, on the database the flags name, and
 * ends with the command. So it is the same whether a server runs beside it or not, since any number of nodes may share
 * a database; looking for a running server would be a second way, with addresses that may be stale.
 */
import { pino } from 'pino';
import { type Answered, type CallInput, type Client, RefusedError } from '../contract/call.ts';
import { createClient } from '../contract/client.ts';
import type { AnswerOf, OperationId } from '../contract/operations.ts';
import { startNode } from '../node.ts';
import { createLogger } from '../platform/log.ts';
import { databaseConfigOf, type GlobalFlags } from './command.ts';
import { connect } from './connection.ts';
import { CommandError } from './failure.ts';

export interface OwnNode {
  readonly client: Client;
  readonly databaseUrl: string;
}

/** @param fills whether this node fills what becomes free; one that only reads leaves that to the servers */
export async function withOwnNode<T>(
  { flags, fills }: { readonly flags: GlobalFlags; readonly fills: boolean },
  story: (node: OwnNode) => Promise<T>,
): Promise<T> {
  const connection = await connect(databaseConfigOf(flags));
  try {
    const node = await startNode({
      databaseUrl: connection.url,
      fillWorker: fills,
      logger: createLogger('warn', pino.destination(2)),
    });
    try {
      return await story({ client: createClient(node.address), databaseUrl: connection.url });
    } finally {
      await node.stop();
    }
  } finally {
    await connection.close();
  }
}

/** The answer; a refusal becomes one clear line on the terminal. */
export async function ask<Id extends OperationId>(
  client: Client,
  id: Id,
  input: CallInput<Id>,
): Promise<AnswerOf<Id>> {
  const answered: Answered<Id> = await client.call(id, input);
  if (answered.ok) return answered.value;
  if (answered.status >= 500) throw new RefusedError(id, answered.problem);
  throw new CommandError(`${answered.problem.code}: ${answered.problem.detail}`);
}
