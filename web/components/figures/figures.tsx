/** A row of figures, each a way to the rows behind it. */
import type { ReactNode } from 'react';
import tone from '../tone.module.css';
import { Changing } from './changing.tsx';
import tile from './tile.module.css';

interface Figure {
  readonly name: string;
  readonly value: string;
  /** What the figure leads to; only shown when absent. */
  readonly link?: (props: {
    readonly className: string | undefined;
    readonly children: ReactNode;
  }) => ReactNode;
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <div className={tile.figures}>
      {figures.map(({ name, value, link }) => {
        const shown = (
          <>
            <span className={tone.soft}>{name}</span>
            <strong>
              <Changing>{value}</Changing>
            </strong>
          </>
        );
        return (
          <div key={name}>
            {link === undefined ? (
              <div className={tile.tile}>{shown}</div>
            ) : (
              link({ className: tile.tile, children: shown })
            )}
          </div>
        );
      })}
    </div>
  );
}
