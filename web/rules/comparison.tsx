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
  const { words, figure } = useLanguage();
  const { before, after, orders, differing } = compared;
  const shipped = ({ warehouses, waitingUnits }: Compared['examples'][number]['before']) =>
    [
      ...warehouses.map(({ warehouse, units }) => `${warehouse} ${figure(units)}`),
      ...(waitingUnits > 0 ? [words.rules.wait(figure(waitingUnits))] : []),
    ].join(', ');
  const rows = (['shipments', 'kilometres', 'servedUnits', 'waitingUnits'] as const).map((name) => ({
    name,
    before: Math.round(before[name]),
    after: Math.round(after[name]),
  }));
  return (
    <Box className={box.box ?? ''} mb="sm" role="status">
      <p>{words.rules.tried(figure(orders), figure(differing))}</p>
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
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{words.rules[row.name]}</th>
              <td className={tone.figure}>{figure(row.before)}</td>
              <td className={tone.figure}>{figure(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {compared.examples.length > 0 && (
        <Entries>
          {compared.examples.map(({ number, orderId, before: now, after: then }) => (
            <li key={number}>
              {orderId === null ? (
                number
              ) : (
                <Link to="/orders/$orderId" params={{ orderId: String(orderId) }}>
                  {number}
                </Link>
              )}{' '}
              <span className={tone.soft}>
                {words.rules.now}: {shipped(now)}; {words.rules.withIt}: {shipped(then)}
              </span>
            </li>
          ))}
        </Entries>
      )}
    </Box>
  );
}
