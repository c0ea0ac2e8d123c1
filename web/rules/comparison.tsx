/** What a rule set would change: figures beside those of the rules in force, and orders that would be served otherwise. */

import { Box } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../src/contract/operations.ts';
import box from '../components/box.module.css';
import { Entries } from '../components/entries.tsx';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

type Compared = AnswerOf<'dryRunRuleSet'>;

export function Comparison({ compared }: { readonly compared: Compared }) {
  const { words, figure, count } = useLanguage();
  const { orders, differing, examples } = compared;
  return (
    <Box className={box.box ?? ''} mb="sm" role="status">
      <p>{words.rules.tried(count(orders), figure(differing))}</p>
      <Figures compared={compared} />
      {examples.length > 0 && (
        <Entries>
          {examples.map((example) => (
            <Example key={example.number} example={example} />
          ))}
        </Entries>
      )}
    </Box>
  );
}

const COMPARED = ['shipments', 'kilometres', 'servedUnits', 'waitingUnits'] as const;

function Figures({ compared: { before, after } }: { readonly compared: Compared }) {
  const { words, figure } = useLanguage();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.rules.figure}</th>
          <th scope="col" className={tone.figure}>
            {words.rules.now}
          </th>
          <th scope="col" className={tone.figure}>
            {words.rules.withIt}
          </th>
        </tr>
      </thead>
      <tbody>
        {COMPARED.map((name) => (
          <tr key={name}>
            <th scope="row">{words.rules[name]}</th>
            <td className={tone.figure}>{figure(Math.round(before[name]))}</td>
            <td className={tone.figure}>{figure(Math.round(after[name]))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Served = Compared['examples'][number];

/** An order that would be served otherwise: from where now, and from where with the set. */
function Example({ example: { number, orderId, before, after } }: { readonly example: Served }) {
  const { words, figure, count } = useLanguage();
  const shipped = ({ warehouses, waitingUnits }: Served['before']) =>
    [
      ...warehouses.map(({ warehouse, units }) => `${warehouse} ${figure(units)}`),
      ...(waitingUnits > 0 ? [words.rules.wait(count(waitingUnits))] : []),
    ].join(', ');
  return (
    <li>
      {orderId === null ? (
        number
      ) : (
        <Link to="/orders/$orderId" params={{ orderId: String(orderId) }}>
          {number}
        </Link>
      )}{' '}
      <span className={tone.soft}>
        {words.rules.now}: {shipped(before)}; {words.rules.withIt}: {shipped(after)}
      </span>
    </li>
  );
}
