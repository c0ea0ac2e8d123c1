/** The words of the page in the viewer's language, and figures and times the way the viewer writes them. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { EN, type Words } from './en.ts';

export interface Language {
  readonly words: Words;
  /** 12,345 */
  readonly figure: (value: number) => string;
  /** Minor units of a currency: €123.45 */
  readonly money: (minor: number | bigint, currency: string) => string;
  /** 10 Dec 2026 */
  readonly day: (date: string) => string;
  /** 10 Dec 2026, 14:05 */
  readonly moment: (instant: string) => string;
  /** 14:05 */
  readonly clock: (instant: string) => string;
  /** 10 Dec 2026, 14:05:33 Central European Time: for hovering. */
  readonly exact: (instant: string) => string;
  /** 3 days ago */
  readonly ago: (instant: string) => string;
}

const MINUTE_MS = 60_000;
const STEPS = [
  { unit: 'minute', ms: MINUTE_MS, until: 60 * MINUTE_MS },
  { unit: 'hour', ms: 60 * MINUTE_MS, until: 48 * 60 * MINUTE_MS },
  { unit: 'day', ms: 24 * 60 * MINUTE_MS, until: Number.POSITIVE_INFINITY },
] as const;

function languageOf(locale: string, words: Words): Language {
  const figures = new Intl.NumberFormat(locale);
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    words,
    figure: (value) => figures.format(value),
    money: (minor, currency) => {
      const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = money.resolvedOptions().maximumFractionDigits ?? 0;
      return money.format(Number(minor) / 10 ** digits);
    },
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    moment: (instant) => moments.format(new Date(instant)),
    clock: (instant) => clocks.format(new Date(instant)),
    exact: (instant) => exact.format(new Date(instant)),
    ago: (instant) => {
      const passed = Date.now() - Date.parse(instant);
      const step = STEPS.find(({ until }) => passed < until) ?? STEPS[0];
      return relative.format(-Math.max(0, Math.floor(passed / step.ms)), step.unit);
    },
  };
}

const LanguageContext = createContext<Language>(languageOf('en', EN));

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const language = useMemo(() => languageOf(navigator.language, EN), []);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
