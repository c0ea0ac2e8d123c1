/** Mail addresses of a text, parted by commas. */
export function addressesOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each.includes('@'));
}
