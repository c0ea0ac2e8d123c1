/** The words of the page in the viewer's language, and figures and times the way the viewer writes them. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Count } from '../../src/words/grammar.ts';
import type { Writing } from '../../src/words/said.ts';
import { EN, type Words } from './en/en.ts';

export interface Language extends Writing {
  readonly code: LanguageCode;
  readonly words: Words;
  /** So many, as a text counts them. */
  readonly count: (value: number) => Count;
  /** +40, -3 */
  readonly signed: (value: number) => string;
  /** 97.5% of 0.975 */
  readonly percent: (share: number) => string;
  /** December 2026 of 2026-12 */
  readonly month: (month: string) => string;
  /** Thu of 2026-12-10 */
  readonly weekday: (date: string) => string;
  /** Minor units of a currency: €123.45 */
  readonly money: (minor: number | bigint, currency: string) => string;
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

function languageOf(
  { code, locale }: { readonly code: LanguageCode; readonly locale: string },
  words: Words,
): Language {
  const figures = new Intl.NumberFormat(locale);
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const signs = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    code,
    words,
    signed: (value) => signs.format(value),
    percent: (share) => percents.format(share),
    month: (date) => months.format(new Date(`${date}-01T00:00:00Z`)),
    weekday: (date) => weekdays.format(new Date(`${date}T00:00:00Z`)),
    figure: (value) => figures.format(value),
    decimals: (value) => decimals.format(value),
    count: (value) => ({ of: value, figure: figures.format(value) }),
    money: (minor, currency) => {
      const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = money.resolvedOptions().maximumFractionDigits ?? 0;
      return money.format(Number(minor) / 10 ** digits);
    },
    // a day is read as one word
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)).replaceAll(' ', '\u00A0'),
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

/** Languages that the pages speak, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español', nl: 'Nederlands' } as const;
export type LanguageCode = keyof typeof LANGUAGES;

const LOADERS: Readonly<Record<LanguageCode, () => Promise<Words>>> = {
  en: async () => EN,
  de: async () => (await import('./de/de.ts')).DE,
  es: async () => (await import('./es/es.ts')).ES,
  nl: async () => (await import('./nl/nl.ts')).NL,
};
const CHOSEN = 'allot.language';

function isSpoken(code: string): code is LanguageCode {
  return code in LANGUAGES;
}

/** The language chosen in this browser, else the first of the viewer's that the pages speak, else English. */
function chosenLanguage(): { readonly code: LanguageCode; readonly locale: string } {
  const chosen = localStorage.getItem(CHOSEN) ?? '';
  const locales = isSpoken(chosen) ? [chosen] : navigator.languages;
  for (const locale of locales) {
    const code = locale.split('-')[0] ?? '';
    // figures and dates as the viewer's own region writes them, when the language is the viewer's own
    const own = navigator.languages.find((each) => each.split('-')[0] === code);
    if (isSpoken(code)) return { code, locale: own ?? locale };
  }
  return { code: 'en', locale: 'en' };
}

/** Takes effect when the page is loaded anew. */
export function chooseLanguage(code: LanguageCode): void {
  localStorage.setItem(CHOSEN, code);
  location.reload();
}

export async function loadLanguage(): Promise<Language> {
  const { code, locale } = chosenLanguage();
  document.documentElement.lang = code;
  return languageOf({ code, locale }, await LOADERS[code]());
}

const LanguageContext = createContext<Language>(languageOf({ code: 'en', locale: 'en' }, EN));

interface WordsProviderProps {
  readonly language: Language;
  readonly children: ReactNode;
}

export function WordsProvider({ language, children }: WordsProviderProps) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  return useContext(LanguageContext);
}
