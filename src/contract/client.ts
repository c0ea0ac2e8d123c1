/**
 * The typed client: one call per operation of the contract table. The command line's demo, the proofs and the tests speak
 * to Allot only through it, as a shop would.
 */
import { type Client, clientOver } from './call.ts';
import { OPERATIONS } from './operations.ts';

export function createClient(base: string): Client {
  return clientOver(base, OPERATIONS);
}
