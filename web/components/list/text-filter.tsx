/** A filter one types: it takes effect with Enter, or when one leaves it. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

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
    <TextInput
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
