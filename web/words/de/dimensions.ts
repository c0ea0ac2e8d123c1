/** What each dimension means, in German. */
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';

export const DIMENSIONS: Readonly<Record<DimensionId, string>> = {
  status: 'Status der Position.',
  kind: 'Ob die Position als Rückstand oder als Vorbestellung wartet oder warten würde.',
  channel: 'Kürzel des Vertriebskanals.',
  warehouse: 'Kürzel des Lagers, in dem Bestand gehalten wird oder eintreffen soll.',
  product: 'SKU des Produkts.',
  supplier: 'Kürzel des Lieferanten, der zuerst nach dem Produkt gefragt wird oder gefragt wurde.',
  customer_group: 'Gruppe des Kunden.',
  country: 'Land, in das die Bestellung geht.',
  priority: 'Vorrang der Position.',
  currency: 'Währung des Vertriebskanals.',
  age: 'Tage, die eine wartende Position gewartet hat: 0–3, 4–7, 8–14, 15–21, 22–30, 31–45, 46 und mehr.',
  cause: 'Was die Änderung verursacht hat.',
  document: 'Beleg oder Vorgang hinter der Änderung, etwa ein Eingang.',
  rule: 'Regeln, die für die Änderung galten.',
  refusal_code: 'Warum abgelehnt wurde.',
  placed: 'Tag, an dem die Bestellung aufgegeben oder versucht wurde.',
  filled: 'Tag, an dem eine wartende Position ihr letztes Stück bekam.',
  changed: 'Tag, an dem es geschah.',
  sent: 'Tag, an dem die Lieferantenbestellung gesandt wurde.',
  expected: 'Tag, an dem die Zeile der Lieferantenbestellung zuerst erwartet wurde.',
};
