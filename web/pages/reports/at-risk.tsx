/** Products that are likely to run short soon, why, and how often such words came true. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../../src/contract/operations.ts';
import { riskSentence } from '../../../src/words/risk-sentence.ts';
import { useAnswer } from '../../api/answers.tsx';
import { fileOf } from '../../api/client.ts';
import { Choice, SupplierChoice } from '../../components/choice.tsx';
import { PageHead } from '../../components/frame/page-head.tsx';
import { FilterRow } from '../../components/list/filter-row.tsx';
import { List } from '../../components/list/list.tsx';
import type { Column } from '../../components/list/table.tsx';
import tone from '../../components/tone.module.css';
import { useProductBeside } from '../../product/product-beside.tsx';
import { given } from '../../search.ts';
import { type Language, useLanguage } from '../../words/words.tsx';

const route = getRouteApi('/reports/at-risk');
type AtRisk = AnswerOf<'listAtRisk'>['rows'][number];
const DAYS = [7, 14, 28, 56];
const USUAL_DAYS = 14;
const MOST = 200;
/** Asked again after so many milliseconds. */
const AGAIN_MS = 60_000;

export function AtRiskPage() {
  const language = useLanguage();
  const { words, figure } = language;
  const said = words.reports.atRisk;
  const search = route.useSearch();
  const navigate = useNavigate();
  const beside = useProductBeside();
  const days = DAYS.find((each) => String(each) === search.days) ?? USUAL_DAYS;
  const query = given({ days, supplier: search.supplier, limit: MOST });
  const answer = useAnswer('listAtRisk', { query }, { every: AGAIN_MS });
  const choose = (changes: typeof search) =>
    void navigate({ to: '/reports/at-risk', search: given(changes) });
  return (
    <>
      <PageHead title={said.title} sentence={said.sentence} />
      <FilterRow>
        <Choice
          label={words.reports.period}
          value={String(days)}
          choose={(value) => choose({ ...search, days: value, open: undefined })}
          options={DAYS.map((each) => ({ value: String(each), label: said.within(figure(each)) }))}
        />
        <SupplierChoice
          value={search.supplier}
          choose={(supplier) => choose({ ...search, supplier, open: undefined })}
        />
      </FilterRow>
      <List
        {...beside}
        name="at-risk"
        label={said.title}
        answer={answer}
        keyOf={({ sku }) => sku}
        empty={said.empty}
        search={search}
        choose={choose}
        file={fileOf('listAtRisk', query)}
        columns={columnsIn(language)}
      />
      <RiskRecord />
    </>
  );
}

function columnsIn(language: Language): Column<AtRisk>[] {
  const { words, figure, percent } = language;
  const said = words.reports.atRisk;
  return [
    { id: 'sku', head: words.orders.sku, cell: ({ sku }) => sku },
    { id: 'risk', head: said.risk, cell: ({ risk }) => percent(risk), isFigure: true },
    { id: 'name', head: words.products.name, cell: ({ name }) => name },
    {
      id: 'why',
      head: said.why,
      cell: ({ why }) => why.map((each) => riskSentence(each, words.risks, language)).join(' '),
    },
    {
      id: 'perDay',
      head: said.perDay,
      cell: ({ perDay }) => figure(Math.round(perDay * 10) / 10),
      isFigure: true,
    },
    {
      id: 'supplier',
      head: words.incoming.supplier,
      cell: ({ sku, supplier }) =>
        supplier === null ? (
          ''
        ) : (
          <Link to="/purchasing" search={{ supplier }} aria-label={`${supplier}: ${sku}`}>
            {supplier}
          </Link>
        ),
    },
  ];
}

/** How often what was said came true. */
function RiskRecord() {
  const { words, figure, percent } = useLanguage();
  const said = words.reports.atRisk;
  const record = useAnswer('getRiskRecord');
  const judged = record.data?.rows.filter((band) => band.said > 0) ?? [];
  return (
    <p className={tone.soft}>
      {judged.length === 0
        ? said.notJudged
        : judged
            .map((band) =>
              said.judged({
                from: percent(band.from),
                until: percent(band.until),
                said: figure(band.said),
                short: percent(band.short / band.said),
              }),
            )
            .join(' ')}
    </p>
  );
}
