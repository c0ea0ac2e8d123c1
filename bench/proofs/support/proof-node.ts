/** A whole Allot for a proof: a database of its own and a node on it, both gone when the proof ends, however it ends. */
import { startNode } from '../../../src/node.ts';
import { withDatabase } from '../../support/embedded.ts';

export interface ProofNode {
  readonly address: string;
  readonly databaseUrl: string;
}

export async function withProofNode<Value>(
  name: string,
  prove: (node: ProofNode) => Promise<Value>,
): Promise<Value> {
  return await withDatabase(name, async (databaseUrl) => {
    const node = await startNode({ databaseUrl });
    try {
      return await prove({ address: node.address, databaseUrl });
    } finally {
      await node.stop();
    }
  });
}
