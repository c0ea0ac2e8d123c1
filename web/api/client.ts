/** Calls to the server that this page came from. */
import { ROUTES } from 'virtual:routes';
import { clientOver } from '../../src/contract/call.ts';

export const client = clientOver('', ROUTES);
