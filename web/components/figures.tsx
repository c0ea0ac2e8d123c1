/** A row of figures, each a way to the rows behind it. */
import type { ReactNode } from 'react';
import { Changing } from './changing.tsx';

interface Figure {
  readonly name: string;
  readonly value: string;
  /** What the figure leads to; only shown when absent. */
  readonly link?: (props: { readonly className: string; readonly children: ReactNode }) => ReactNode;
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <div className="figures">
      {figures.map(({ name, value, link }) => {
        const shown = (
          <>
            <span className="soft">{name}</span>
            <strong>
              <Changing>{value}</Changing>
            </strong>
          </>
        );
        return (
          <div key={name}>
            {link === undefined ? (
              <div className="tile">{shown}</div>
            ) : (
              link({ className: 'tile', children: shown })
            )}
          </div>
        );
      })}
    </div>
  );
}
