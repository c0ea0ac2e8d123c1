/** `allot explain ITEM`: why an order item has what it has, in the English words. */
import type { AnswerOf } from '../../contract/operations.ts';
import { EXPLANATION } from '../../words/en/explanation.ts';
import { decisionSentences, standingSentences } from '../../words/explain.ts';
import { PLAIN_WRITING } from '../../words/said.ts';
import { type ExitCode, type GlobalFlags, say, sayJson } from '../command.ts';
import { CommandError } from '../failure.ts';
import { ask, withOwnNode } from '../own-node.ts';

export interface ExplainFlags extends GlobalFlags {
  readonly json?: boolean;
}

type Explained = AnswerOf<'explainItem'>;

export async function runExplain(item: string, flags: ExplainFlags): Promise<ExitCode> {
  const { order, line } = itemOf(item);
  const explained = await withOwnNode({ flags, fills: false }, async ({ client }) => {
    const lines = line === undefined ? await linesOf(order) : [line];
    return await Promise.all(
      lines.map((each) => ask(client, 'explainItem', { params: { orderId: order, line: each } })),
    );
    async function linesOf(orderId: number): Promise<number[]> {
      const { items } = await ask(client, 'getOrder', { params: { orderId } });
      return items.map((each) => each.line);
    }
  });
  if (flags.json === true) sayJson(line === undefined ? explained : explained[0]);
  else say(explained.map(textOf).join('\n\n'));
  return 0;
}

function itemOf(text: string): { readonly order: number; readonly line: number | undefined } {
  const [, order, line] = /^(\d{1,15})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (order === undefined) {
    throw new CommandError(`'${text}' is not ORDER/LINE; accepted: such as 1187/2, or 1187 for all lines`);
  }
  return { order: Number(order), line: line === undefined ? undefined : Number(line) };
}

function textOf({ orderId, line, sku, now, decisions }: Explained): string {
  return [
    `Order ${orderId}, line ${line}: ${sku}`,
    ...standingSentences(now, EXPLANATION, PLAIN_WRITING).map((sentence) => `  ${sentence}`),
    ...decisions.flatMap(({ at, cause, explanation }) => [
      '',
      `  ${at}  ${cause.replaceAll('_', ' ')}`,
      ...decisionSentences(explanation, EXPLANATION, PLAIN_WRITING).map((sentence) => `    ${sentence}`),
    ]),
  ].join('\n');
}
