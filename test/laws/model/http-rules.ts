/** The rules of the small world on a server: one set for all sequences that are played on it from then on. */
import type { Client } from '../../../src/contract/call.ts';
import { sourcingRules } from '../../../src/contract/sourcing/sourcing-rules.ts';
import { SMALL_RULES } from './small-rules.ts';

export async function putSmallRulesLive(client: Client): Promise<void> {
  const rules = sourcingRules.parse(structuredClone(SMALL_RULES));
  const { version } = await client.must('createRuleSet', { body: { rules } });
  await client.must('placeLiveRuleSet', { body: { version } });
}
