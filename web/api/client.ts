/** Calls to the server that this page came from. */
import { ROUTES } from 'virtual:routes';
import { addressOf, type CallInput, clientOver } from '../../src/contract/call.ts';
import type { OperationId } from '../../src/contract/operations.ts';

export const client = clientOver('', ROUTES);

/** The address of all rows of a list as a CSV file. */
export function fileOf<Id extends OperationId>(id: Id, query: CallInput<Id>['query']): string {
  return addressOf('', ROUTES[id].path, { query: { ...(query as object), format: 'csv' } });
}
