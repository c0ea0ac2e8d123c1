/** A filter one types: it takes effect with Enter, or when one leaves it. */
import { useEffect, useState } from 'react';
import { TextField } from '../text-field.tsx';

interface TextFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choose: (value: string | undefined) => void;
}

export function TextFilter({ label, value, choose }: TextFilterProps) {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  function take(): void {
    const text = typed.trim();
    if (text !== (value ?? '')) choose(text === '' ? undefined : text);
  }
  return (
    <TextField
      aria-label={label}
      placeholder={label}
      value={typed}
      write={setTyped}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
