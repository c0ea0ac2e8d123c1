/** Whether a row of a table of rates or transit times is meant for a warehouse and a country. Empty lists mean all. */
export function fits(
  row: { readonly warehouses: readonly string[]; readonly countries: readonly string[] },
  warehouse: string,
  country: string | null,
): boolean {
  if (row.warehouses.length > 0 && !row.warehouses.includes(warehouse)) return false;
  return row.countries.length === 0 || (country !== null && row.countries.includes(country));
}
