/**
 * Sourcing rules of a test's shop: put in force for its channel alone, so that shops of one server do not meet. A story
 * writes only what its rule is about; codes of warehouses are given by `shop.name`.
 */
import type { z } from 'zod';
import type { Client } from '../../src/contract/call.ts';
import type { sourcingRule } from '../../src/contract/sourcing/sourcing-rules.ts';
import type { ShopCatalog } from './shop-catalog.ts';

export type RuleInput = Partial<z.input<typeof sourcingRule>>;

/** Makes a rule set of the channel G and answers with its version. */
export async function makeRules(
  client: Client,
  { name }: Pick<ShopCatalog, 'name'>,
  rules: readonly RuleInput[],
): Promise<number> {
  const body = {
    rules: rules.map((rule, index) => ({
      code: `rule-${index + 1}`,
      name: `Rule ${index + 1}`,
      sortOrder: index,
      channels: [name('G')],
      ...rule,
    })),
  };
  const { version } = await client.must('createRuleSet', { body });
  return version;
}

/** The same, in force. */
export async function liveRules(
  client: Client,
  shop: Pick<ShopCatalog, 'name'>,
  rules: readonly RuleInput[],
): Promise<number> {
  const version = await makeRules(client, shop, rules);
  await client.must('placeLiveRuleSet', { body: { version } });
  return version;
}
