/** Minor units as units of a currency: exact, by moving the point. */

/** Digits after the point, by ISO 4217 as the platform knows it; two when the currency is not known. */
function digitsOf(currency: string | undefined): number {
  if (currency === undefined) return 2;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** 1234.50 of 123450 in EUR; 123450 in JPY. */
export function moneyText(minor: string, currency: string | undefined): string {
  const places = digitsOf(currency);
  if (places === 0) return minor;
  const sign = minor.startsWith('-') ? '-' : '';
  const digits = minor.replace('-', '').padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
