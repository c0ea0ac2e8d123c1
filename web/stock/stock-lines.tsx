/** The lines of a stock document: a product and units each, with what is in the warehouse now and what will be. */
import { ActionIcon, Autocomplete, Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useAnswer } from '../api/answers.tsx';
import { classes } from '../classes.ts';
import tone from '../components/tone.module.css';
import { WholeNumber } from '../components/whole-number.tsx';
import { useLanguage } from '../words/words.tsx';
import type { StockAct, StockLine } from './stock-act.ts';
import styles from './stock-lines.module.css';

interface StockLinesProps {
  readonly act: StockAct;
  readonly warehouse: string;
  readonly lines: readonly StockLine[];
  readonly change: (lines: readonly StockLine[]) => void;
}

const ICON = 16;

export function StockLines({ act, warehouse, lines, change }: StockLinesProps) {
  const { words } = useLanguage();
  const set = (place: number, line: StockLine) =>
    change(lines.map((each, index) => (index === place ? line : each)));
  return (
    <>
      {lines.map((line, place) => (
        // a line has nothing of its own but its place
        <Group key={`${place}`} gap="xs" align="flex-end" wrap="nowrap">
          <SkuField
            label={words.stock.sku(place + 1)}
            value={line.sku}
            choose={(sku) => set(place, { ...line, sku })}
          />
          <WholeNumber
            label={act === 'count' ? words.stock.counted(place + 1) : words.stock.units(place + 1)}
            value={line.units}
            min={act === 'adjust' ? -1_000_000_000 : act === 'count' ? 0 : 1}
            choose={(units) => set(place, { ...line, units })}
          />
          <Effect act={act} warehouse={warehouse} line={line} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.stock.removeLine(place + 1)}
            disabled={lines.length === 1}
            onClick={() => change(lines.filter((_, index) => index !== place))}
          >
            <IconX size={ICON} />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={() => change([...lines, { sku: '', units: undefined }])}>
          {words.stock.addLine}
        </Button>
      </div>
    </>
  );
}

interface SkuFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choose: (sku: string) => void;
}

const OFFERED = 8;
const PAUSE_MS = 200;

/** A SKU, offered by what is typed of it or of the name. */
function SkuField({ label, value, choose }: SkuFieldProps) {
  const [asked] = useDebouncedValue(value.trim(), PAUSE_MS);
  const answer = useAnswer(
    'listProducts',
    { query: { search: asked || '-', limit: OFFERED } },
    { enabled: asked !== '' },
  );
  return (
    <Autocomplete
      label={label}
      value={value}
      onChange={choose}
      data={(answer.data?.rows ?? []).map(({ sku }) => sku)}
      filter={({ options }) => options}
      required
    />
  );
}

interface EffectProps {
  readonly act: StockAct;
  readonly warehouse: string;
  readonly line: StockLine;
}

/** "12 → 52 on hand; 30 wait" */
function Effect({ act, warehouse, line }: EffectProps) {
  const { words, figure, count } = useLanguage();
  const [sku] = useDebouncedValue(line.sku.trim(), PAUSE_MS);
  const answer = useAnswer('getProduct', { params: { sku } }, { enabled: sku !== '' });
  if (answer.data === undefined || answer.data.sku !== sku) return null;
  const { levels, waiting } = answer.data;
  const now = levels.find((level) => level.warehouse === warehouse)?.onHand ?? 0;
  const after = line.units === undefined ? now : onHandAfter(act, now, line.units);
  const waits = waiting.backordered + waiting.preordered + waiting.unfillable;
  return (
    <span className={classes(tone.soft, styles.effect)} aria-live="polite">
      {words.stock.effect(figure(now), figure(after))}
      {waits > 0 && `; ${words.stock.waits(count(waits))}`}
    </span>
  );
}

function onHandAfter(act: StockAct, now: number, units: number): number {
  if (act === 'count') return units;
  if (act === 'damage' || act === 'transfer') return now - units;
  return now + units;
}
