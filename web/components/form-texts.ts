/** Text fields of a form that is kept as one value: each shows and writes the member it is named by. */

/** @returns what the field of a member needs; such members must be filled */
export function textsOf<Form extends Readonly<Record<Name, string>>, Name extends string>(
  form: Form,
  write: (form: Form) => void,
) {
  return (name: Name) => ({
    value: form[name],
    write: (text: string) => write({ ...form, [name]: text }),
    required: true,
  });
}
