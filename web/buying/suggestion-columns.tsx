/** Columns of buying advice. */
import type { AnswerOf } from '../../src/contract/operations.ts';
import type { Column } from '../components/list/table.tsx';
import { Ago, Badge } from '../components/said.tsx';
import type { Language } from '../words/words.tsx';

type Suggestion = AnswerOf<'listPurchaseSuggestions'>['rows'][number];

export function suggestionColumns(
  language: Language,
  currencyOf: (supplier: string | null) => string | undefined,
): readonly Column<Suggestion>[] {
  const { words, money } = language;
  return [
    ...whatIsMissing(language),
    {
      id: 'value',
      head: words.home.value,
      cell: ({ value, supplier }) => {
        const currency = currencyOf(supplier);
        return currency === undefined ? '' : money(BigInt(value), currency);
      },
      isFigure: true,
    },
    ...whenItComes(language),
    ...whatIsBought(language),
  ];
}

function whatIsMissing({ words, figure }: Language): Column<Suggestion>[] {
  return [
    {
      id: 'sku',
      head: words.orders.sku,
      cell: ({ sku }) => sku,
      sorts: [{ sort: 'sku', direction: 'ascending' }],
    },
    {
      id: 'name',
      head: words.products.name,
      cell: ({ name }) => name,
      sorts: [{ sort: 'name', direction: 'ascending' }],
    },
    {
      id: 'supplier',
      head: words.incoming.supplier,
      cell: ({ supplier }) => supplier ?? <Badge status="unfillable">{words.purchasing.nobodySells}</Badge>,
    },
    {
      id: 'uncovered',
      head: words.purchasing.uncovered,
      cell: ({ uncovered }) => figure(uncovered),
      isFigure: true,
      sorts: [{ sort: 'uncovered', direction: 'descending' }],
    },
    {
      id: 'suggested',
      head: words.purchasing.suggested,
      cell: ({ suggested }) => figure(suggested),
      isFigure: true,
    },
  ];
}

function whenItComes({ words, day }: Language): Column<Suggestion>[] {
  return [
    { id: 'orderBy', head: words.purchasing.orderBy, cell: ({ orderBy }) => day(orderBy) },
    {
      id: 'arrives',
      head: words.purchasing.arrives,
      cell: ({ arrivesOn }) => (arrivesOn === null ? words.waiting.unknown : day(arrivesOn)),
    },
    {
      id: 'since',
      head: words.waiting.since,
      cell: ({ waitingSince }) => <Ago at={waitingSince} />,
      sorts: [{ sort: 'oldest', direction: 'ascending' }],
    },
  ];
}

function whatIsBought({ words, figure }: Language): Column<Suggestion>[] {
  return [
    {
      id: 'incoming',
      head: words.products.incoming,
      cell: ({ incoming }) => figure(incoming),
      isFigure: true,
      isExtra: true,
    },
    {
      id: 'drafted',
      head: words.purchasing.drafted,
      cell: ({ drafted }) => figure(drafted),
      isFigure: true,
      isExtra: true,
    },
  ];
}
