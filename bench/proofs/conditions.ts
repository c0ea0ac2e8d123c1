/**
 * Proof: conditions are total, quick and mean what CEL means. A million of them, half well-typed and half hostile, are
 * checked and evaluated: none throws, none takes longer than 5 ms of the processor, which other work does not lengthen
 * (one that does is tried again up to ten times, since garbage of others may have been collected meanwhile), the same
 * facts give the same answer and stay as they are. Of those that are accepted, 20,000 are evaluated by another
 * implementation of CEL, @bufbuild/cel: the answers agree, where an error there is a value that is missing here.
 *
 *   npm run proof:conditions -- [--n 1000000] [--agree 20000] [--seed 1]
 *
 * The last line is the figure; exits 1 on any failure.
 */
import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { startProgress } from '../../src/cli/progress.ts';
import {
  type CelFacts,
  type ConditionAnswer,
  celItemFacts,
  celOrderFacts,
  compileCondition,
} from '../../src/core/sourcing/condition.ts';
import { numberOptions, say } from '../support/options.ts';
import {
  hostileCondition,
  type RandomFacts,
  randomCondition,
  randomFacts,
} from '../support/random-conditions.ts';
import { seededRandom } from '../support/seeded-random.ts';

const { n, agree, seed } = numberOptions({ n: 1_000_000, agree: 20_000, seed: 1 });
const MOST_MS = 5;
const TRIES = 10;
const SHOWN = 10;
/** Different facts; each condition meets one of them. */
const FACT_SETS = 500;

interface Facts {
  readonly given: RandomFacts;
  readonly cel: CelFacts;
}

type Answer = ConditionAnswer | 'refused';

function answerTo(text: string, { cel }: Facts): Answer {
  const compiled = compileCondition(text);
  return compiled.ok ? compiled.condition.evaluate(cel) : 'refused';
}

/** Processor time that this process has used, in milliseconds. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Milliseconds of the processor, the least of some tries when the first is long. */
function timeOf(work: () => void): number {
  let least = Infinity;
  for (let tries = 0; tries < TRIES && least > MOST_MS; tries++) {
    const started = processorMs();
    work();
    least = Math.min(least, processorMs() - started);
  }
  return least;
}

class Report {
  shown = 0;

  fail(text: string): void {
    if (this.shown < SHOWN) say(text);
    this.shown += 1;
  }
}

const report = new Report();
const answers = new Map<Answer, number>();
const environment = celEnv({ funcs: strings });

/** The facts as plain values that the other implementation takes. */
function bindingsOf({ given }: Facts): Record<string, CelInput> {
  const whole = (value: unknown): CelInput =>
    typeof value === 'number' ? BigInt(value) : (value as CelInput);
  return Object.fromEntries(
    Object.entries({ ...given.order, ...given.item }).map(([variable, members]) => [
      variable,
      new Map(
        Object.entries(members).map(([member, value]) => [
          member,
          variable === 'shipTo' ? (value as CelInput) : whole(value),
        ]),
      ),
    ]),
  );
}

function otherAnswer(text: string, facts: Facts): ConditionAnswer {
  const result = plan(environment, parse(`${text}\n`))(bindingsOf(facts));
  if (isCelError(result)) return 'missing';
  return result === true ? 'true' : 'false';
}

function tryAll(facts: readonly Facts[]): {
  slowest: number;
  threw: number;
  agreed: number;
  compared: number;
} {
  const from = seededRandom(seed);
  const progress = startProgress({ label: 'conditions', total: n, unit: 'conditions' });
  const sums = { slowest: 0, threw: 0, agreed: 0, compared: 0 };
  for (let count = 0; count < n; count++) {
    const meant = count % 2 === 0;
    const text = meant ? randomCondition(from) : hostileCondition(from);
    const met = from.pick(facts);
    let answer: Answer = 'refused';
    try {
      const time = timeOf(() => {
        answer = answerTo(text, met);
      });
      sums.slowest = Math.max(sums.slowest, time);
      if (time > MOST_MS) report.fail(`${time.toFixed(1)} ms: ${text.slice(0, 400)}`);
      if (answerTo(text, met) !== answer) report.fail(`answers differently the second time: ${text}`);
    } catch (error) {
      sums.threw += 1;
      report.fail(`throws ${String(error)}: ${text.slice(0, 400)}`);
    }
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    if (answer !== 'refused' && sums.compared < agree) {
      sums.compared += 1;
      const other = otherAnswer(text, met);
      if (other === answer) sums.agreed += 1;
      else report.fail(`${answer}, but the other says ${other}: ${text}\n  ${JSON.stringify(met.given)}`);
    }
    if (count % 1_000 === 999) progress.advance(1_000);
  }
  progress.finish();
  return sums;
}

const factsFrom = seededRandom(seed + 1);
const facts = Array.from({ length: FACT_SETS }, () => {
  const given = randomFacts(factsFrom);
  return { given, cel: celItemFacts(celOrderFacts(given.order), given.item) };
});
const showFacts = () =>
  JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
const before = showFacts();
const { slowest, threw, agreed, compared } = tryAll(facts);
if (showFacts() !== before) report.fail('a condition changed the facts');
say([...answers].map(([answer, count]) => `${answer} ${count}`).join(', '));
say(
  `conditions: ${n} tried, ${threw} threw, slowest ${slowest.toFixed(2)} ms of the processor; ${agreed} of ${compared} agree`,
);
process.exitCode = report.shown === 0 ? 0 : 1;
