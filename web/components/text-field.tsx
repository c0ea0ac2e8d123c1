/** A text that one types, as the form keeps it. */
import { TextInput, type TextInputProps } from '@mantine/core';

interface TextFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  readonly value: string;
  readonly write: (text: string) => void;
}

export function TextField({ write, ...field }: TextFieldProps) {
  return <TextInput {...field} onChange={(event) => write(event.currentTarget.value)} />;
}
