/** Warehouses on a map of the land around them. */
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import land from 'world-atlas/land-50m.json';
import type { AnswerOf } from '../../src/contract/operations.ts';
import { useLanguage } from '../words/words.tsx';
import styles from './warehouse-map.module.css';

type Warehouse = AnswerOf<'listWarehouses'>['rows'][number];

const WIDTH = 960;
const HEIGHT = 360;
const MARGIN = 90;
/** Nearer than this the land has no shape left. */
const MOST_ZOOM = 2_400;

interface WarehouseMapProps {
  /** All with coordinates. */
  readonly warehouses: readonly Warehouse[];
}

const KINDS = { own: styles.own, external: styles.external };
const WORLD = land as unknown as Topology;

export function WarehouseMap({ warehouses }: WarehouseMapProps) {
  const { words } = useLanguage();
  const points = warehouses.map(({ longitude, latitude }) => [longitude ?? 0, latitude ?? 0]);
  const projection = geoEqualEarth().fitExtent(
    [
      [MARGIN, MARGIN],
      [WIDTH - MARGIN, HEIGHT - MARGIN],
    ],
    { type: 'MultiPoint', coordinates: points },
  );
  if (projection.scale() > MOST_ZOOM) {
    const [centre] = points;
    projection
      .scale(MOST_ZOOM)
      .center([centre?.[0] ?? 0, centre?.[1] ?? 0])
      .translate([WIDTH / 2, HEIGHT / 2]);
  }
  const world = WORLD.objects['land'];
  const outline = world === undefined ? null : geoPath(projection)(feature(WORLD, world));
  return (
    <svg
      className={styles.map}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.warehouses.map}
    >
      <path className={styles.land} d={outline ?? ''} />
      {warehouses.map(({ code, name, kind, enabled, longitude, latitude }) => {
        const at = projection([longitude ?? 0, latitude ?? 0]);
        if (at === null) return null;
        return (
          <g
            key={code}
            transform={`translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`}
            className={enabled ? KINDS[kind] : styles.disabled}
          >
            <title>{`${name} (${code})`}</title>
            <circle r={6} />
            <text x={10} y={4}>
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
