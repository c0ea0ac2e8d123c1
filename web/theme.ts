/** The look in Mantine's words: one accent, small radius, borders rather than shadows, the system's own letters. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const ACCENT: MantineColorsTuple = [
  '#eaf3fc',
  '#d3e4f6',
  '#a5c8ed',
  '#73aae4',
  '#4a91dc',
  '#2f80d8',
  '#1f78d6',
  '#0f66be',
  '#0f5fb3',
  '#084f99',
];

const LOOK = {
  primaryColor: 'accent',
  primaryShade: 8,
  colors: { accent: ACCENT },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
  fontSizes: { sm: '14px', md: '15px' },
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
} as const;

/** @param close what buttons that close something are called */
export function themeWith(close: string) {
  const closing = { closeButtonProps: { 'aria-label': close } };
  return createTheme({
    ...LOOK,
    components: {
      Modal: { defaultProps: closing },
      Notification: { defaultProps: closing },
    },
  });
}
