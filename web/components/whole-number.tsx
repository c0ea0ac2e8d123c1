/** A field for units: whole numbers between bounds; empty is nothing. */
import { NumberInput } from '@mantine/core';

interface WholeNumberProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly choose: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  /** The label is seen elsewhere, such as in the head of a column. */
  readonly isLabelHidden?: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export function WholeNumber({ label, value, choose, isLabelHidden, ...rest }: WholeNumberProps) {
  return (
    <NumberInput
      {...(isLabelHidden === true ? { 'aria-label': label } : { label })}
      value={value ?? ''}
      onChange={(next) => choose(typeof next === 'number' ? next : undefined)}
      allowDecimal={false}
      clampBehavior="strict"
      hideControls
      {...rest}
    />
  );
}
