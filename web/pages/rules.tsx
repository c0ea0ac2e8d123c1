/** Rule sets: which is in force, what its rules do, what another would change, and putting it in force. */
import { Button, Group, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useAct, useAnswer } from '../api/answers.tsx';
import { client } from '../api/client.ts';
import { Answered } from '../components/answered.tsx';
import { PageHead } from '../components/frame/page-head.tsx';
import { type Column, Table } from '../components/list/table.tsx';
import { Ago, Badge } from '../components/said.tsx';
import { Empty, Loading, Problem } from '../components/states.tsx';
import tone from '../components/tone.module.css';
import { Comparison } from '../rules/comparison.tsx';
import { nameOfKind } from '../rules/name-of-kind.ts';
import { ShadowReport } from '../rules/shadow-report.tsx';
import { type Language, useLanguage } from '../words/words.tsx';

const route = getRouteApi('/rules');
const PAGE = 50;

export function RulesPage() {
  const language = useLanguage();
  const { words } = language;
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
      <Answered answer={answer}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{words.rules.empty}</Empty>
          ) : (
            <Table
              label={words.rules.title}
              rows={rows}
              keyOf={(set) => String(set.version)}
              opened={shown === undefined ? undefined : String(shown)}
              open={(set) => void navigate({ to: '/rules', search: { version: String(set.version) } })}
              columns={setColumns(language)}
            />
          )
        }
      </Answered>
      {shown !== undefined && Number.isSafeInteger(shown) && <RuleSet version={shown} />}
    </>
  );
}

function setColumns({ words, figure }: Language): Column<AnswerOf<'listRuleSets'>['rows'][number]>[] {
  return [
    { head: words.rules.version, cell: (set) => figure(set.version), isFigure: true },
    { head: words.rules.note, cell: (set) => set.note },
    { head: words.rules.made, cell: (set) => <Ago at={set.createdAt} /> },
    { head: words.rules.rules, cell: (set) => figure(set.enabledRules), isFigure: true },
    {
      head: words.orders.status,
      cell: (set) => (
        <>
          {set.live && <Badge status="allocated">{words.rules.live}</Badge>}{' '}
          {set.shadow && <Badge status="preordered">{words.rules.shadow}</Badge>}
        </>
      ),
    },
  ];
}

function begin(version: number | undefined): { readonly version?: string } {
  return version === undefined ? {} : { version: String(version) };
}

function RuleSet({ version }: { readonly version: number }) {
  const { words, figure, count } = useLanguage();
  const params = { version };
  const answer = useAnswer('getRuleSet', { params });
  const dryRun = useAct('dryRunRuleSet', (compared) =>
    words.rules.tried(count(compared.orders), figure(compared.differing)),
  );
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <Problem error={answer.error} again={answer.refetch} />;
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
          <Placing set={answer.data} />
        </Group>
      </Group>
      {dryRun.data !== undefined && <Comparison compared={dryRun.data} />}
      {answer.data.shadow && <ShadowReport version={version} />}
      <RuleTable set={answer.data} />
    </section>
  );
}

type RuleSetView = AnswerOf<'getRuleSet'>;

/** Puts a set in force or beside the one in force, or takes it away there. */
function Placing({ set: { version, live, shadow: isShadow } }: { readonly set: RuleSetView }) {
  const { words } = useLanguage();
  const sets = useAnswer('listRuleSets', { query: { limit: PAGE } });
  const before = sets.data?.rows.find((set) => set.live)?.version ?? null;
  const place = useAct('placeLiveRuleSet', () => words.rules.placed, {
    undo: () => () => client.must('placeLiveRuleSet', { body: { version: before } }),
  });
  const shadow = useAct('placeShadowRuleSet', () => words.rules.shadowed);
  return (
    <>
      {!live && (
        <Button
          variant="default"
          loading={shadow.isPending}
          onClick={() => shadow.mutate({ body: { version: isShadow ? null : version } })}
        >
          {isShadow ? words.rules.noShadow : words.rules.placeShadow}
        </Button>
      )}
      <Button
        variant={live ? 'default' : 'filled'}
        loading={place.isPending}
        onClick={() => place.mutate({ body: { version: live ? null : version } })}
      >
        {live ? words.rules.none : words.rules.place}
      </Button>
    </>
  );
}

function RuleTable({ set: { version, rules } }: { readonly set: RuleSetView }) {
  const language = useLanguage();
  const { words } = language;
  return (
    <Table
      label={words.rules.rulesOf(version)}
      rows={rules}
      keyOf={(rule) => rule.code}
      columns={ruleColumns(language)}
    />
  );
}

function ruleColumns({ words, figure }: Language): Column<RuleSetView['rules'][number]>[] {
  return [
    { head: words.rules.order, cell: (rule) => figure(rule.sortOrder), isFigure: true },
    {
      head: words.rules.name,
      cell: (rule) => (
        <>
          {rule.name}
          {!rule.enabled && <span className={tone.soft}> ({words.rules.off})</span>}
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
        [...rule.filters, ...rule.strategies].map(({ kind }) => nameOfKind(words, kind)).join(', '),
    },
  ];
}
