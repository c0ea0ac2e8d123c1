/** What the API answers as codes and figures, in the English sentences of the command line. */
import type { RiskReason } from '../../src/contract/reports/reports.ts';
import type { Explained, Standing } from '../../src/contract/sourcing/explanations.ts';
import { EXPLANATION } from '../../src/words/en/explanation.ts';
import { RISKS } from '../../src/words/en/risks.ts';
import { decisionSentences, standingSentences } from '../../src/words/explain.ts';
import { riskSentence } from '../../src/words/risk-sentence.ts';
import { PLAIN_WRITING } from '../../src/words/said.ts';

export function standingInEnglish(standing: Standing): string[] {
  return standingSentences(standing, EXPLANATION, PLAIN_WRITING);
}

export function decisionInEnglish(explained: Explained | undefined): string {
  return explained === undefined ? '' : decisionSentences(explained, EXPLANATION, PLAIN_WRITING).join(' ');
}

export function risksInEnglish(row: { readonly why: readonly RiskReason[] } | undefined): string[] {
  return (row?.why ?? []).map((each) => riskSentence(each, RISKS, PLAIN_WRITING));
}
