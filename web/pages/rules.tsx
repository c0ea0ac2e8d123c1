/** Rule sets: which is in force, what its rules do, what another would change, and putting it in force. */
import { Button, Group, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct, useAnswer } from '../api/answers.ts';
import { List } from '../components/list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Ago } from '../components/said.tsx';
import { Loading, Problem } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useLanguage } from '../words/words.tsx';

const route = getRouteApi('/rules');
const PAGE = 50;

export function RulesPage() {
  const { words, figure } = useLanguage();
  const { version } = route.useSearch();
  const navigate = useNavigate();
  const answer = useAnswer('listRuleSets', { query: { limit: PAGE } });
  const live = answer.data?.rows.find((set) => set.live)?.version;
  const shown = version === undefined ? live : Number(version);
  return (
    <>
      <PageHead title={words.rules.title}>
        <Button renderRoot={(props) => <Link to="/rules/edit" search={begin(shown)} {...props} />}>
          {shown === undefined ? words.rules.beginEmpty : words.rules.begin}
        </Button>
      </PageHead>
      <List
        label={words.rules.title}
        answer={answer}
        keyOf={(set) => String(set.version)}
        open={(set) => void navigate({ to: '/rules', search: { version: String(set.version) } })}
        empty={words.rules.empty}
        columns={[
          { head: words.rules.version, cell: (set) => figure(set.version), isFigure: true },
          { head: words.rules.note, cell: (set) => set.note },
          { head: words.rules.made, cell: (set) => <Ago at={set.createdAt} /> },
          { head: words.rules.rules, cell: (set) => figure(set.enabledRules), isFigure: true },
          {
            head: words.orders.status,
            cell: (set) => (
              <>
                {set.live && <span className="badge allocated">{words.rules.live}</span>}{' '}
                {set.shadow && <span className="badge preordered">{words.rules.shadow}</span>}
              </>
            ),
          },
        ]}
      />
      {shown !== undefined && Number.isSafeInteger(shown) && <RuleSet version={shown} />}
    </>
  );
}

function begin(version: number | undefined): { readonly version?: string } {
  return version === undefined ? {} : { version: String(version) };
}

function RuleSet({ version }: { readonly version: number }) {
  const { words, figure } = useLanguage();
  const params = { version };
  const answer = useAnswer('getRuleSet', { params });
  const place = useAct('placeLiveRuleSet', () => words.rules.placed);
  const dryRun = useAct('dryRunRuleSet', (compared) =>
    words.rules.tried(figure(compared.orders), figure(compared.differing)),
  );
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
  const { rules, live } = answer.data;
  return (
    <section aria-label={words.rules.set(version)}>
      <Group justify="space-between" mt="xl" mb="sm">
        <Title order={2} size="h3">
          {words.rules.set(version)}
        </Title>
        <Group gap="xs">
          <Button
            variant="default"
            loading={dryRun.isPending}
            onClick={() => dryRun.mutate({ params, body: {} })}
          >
            {words.rules.try}
          </Button>
          <Button
            variant={live ? 'default' : 'filled'}
            loading={place.isPending}
            onClick={() => place.mutate({ body: { version: live ? null : version } })}
          >
            {live ? words.rules.none : words.rules.place}
          </Button>
        </Group>
      </Group>
      {dryRun.data !== undefined && <Comparison compared={dryRun.data} />}
      <Table
        label={words.rules.rulesOf(version)}
        rows={rules}
        keyOf={(rule) => rule.code}
        columns={[
          { head: words.rules.order, cell: (rule) => figure(rule.sortOrder), isFigure: true },
          {
            head: words.rules.name,
            cell: (rule) => (
              <>
                {rule.name}
                {!rule.enabled && <span className="soft"> ({words.rules.off})</span>}
              </>
            ),
          },
          {
            head: words.rules.when,
            cell: (rule) => (rule.condition === null ? words.rules.always : <code>{rule.condition}</code>),
          },
          {
            head: words.rules.does,
            cell: (rule) =>
              [...rule.filters, ...rule.strategies].map(({ kind }) => kind.replaceAll('_', ' ')).join(', '),
          },
        ]}
      />
    </section>
  );
}

function Comparison({ compared }: { readonly compared: AnswerOf<'dryRunRuleSet'> }) {
  const { words, figure } = useLanguage();
  const { before, after, orders, differing } = compared;
  const rows = (['shipments', 'kilometres', 'servedUnits', 'waitingUnits'] as const).map((name) => ({
    name,
    before: Math.round(before[name]),
    after: Math.round(after[name]),
  }));
  return (
    <div className="widget" role="status">
      <p>{words.rules.tried(figure(orders), figure(differing))}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.rules.figure}</th>
            <th scope="col" className="figure">
              {words.rules.now}
            </th>
            <th scope="col" className="figure">
              {words.rules.withIt}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{words.rules[row.name]}</th>
              <td className="figure">{figure(row.before)}</td>
              <td className="figure">{figure(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
