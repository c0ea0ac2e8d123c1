/** How each measure is worked out, in German. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';
import { plural } from './grammar.ts';

const WAITING = 'im Rückstand + vorbestellt + nicht lieferbar';
const days = (after: number) => `${after} ${plural({ of: after }, 'Tag', 'Tagen')}`;
const units = (after: number) => `Summe(Stücke mit Bestand nach ${days(after)}) ÷ Summe(angenommene Stücke)`;
const items = (after: number) =>
  `Anzahl(Positionen mit allem Bestand nach ${days(after)}) ÷ Anzahl(angenommene Positionen)`;
const orders = (after: number) =>
  `1 − Anzahl(verschiedene Bestellungen, denen nach ${days(after)} etwas fehlt) ÷ Anzahl(verschiedene angenommene Bestellungen)`;
const value = (after: number) =>
  `Summe(Stücke mit Bestand nach ${days(after)} × Stückpreis) ÷ Summe(angenommene Stücke × Stückpreis)`;

export const FORMULAS: Readonly<Record<MeasureId, string>> = {
  items: 'Anzahl(Positionen)',
  orders: 'Anzahl(verschiedene Bestellungen)',
  ordered_units: 'Summe(bestellt)',
  waiting_units: `Summe(${WAITING})`,
  backordered_units: 'Summe(im Rückstand)',
  preordered_units: 'Summe(vorbestellt)',
  unfillable_units: 'Summe(nicht lieferbar)',
  pending_units: 'Summe(ausstehend)',
  allocated_units: 'Summe(zugeteilt)',
  shipped_units: 'Summe(versandt)',
  cancelled_units: 'Summe(storniert)',
  waiting_items: `Anzahl(Positionen mit ${WAITING} > 0)`,
  value: 'Summe(bestellt × Stückpreis)',
  waiting_value: `Summe((${WAITING}) × Stückpreis)`,
  days_waiting_mean: 'Mittel(jetzt − wartet seit) über wartende Positionen',
  days_waiting_median: 'Median(jetzt − wartet seit) über wartende Positionen',
  days_waiting_p90: '90. Perzentil(jetzt − wartet seit) über wartende Positionen',
  waited_items: 'Anzahl(Positionen, die je warteten)',
  backorder_rate: 'Anzahl(Positionen, die je warteten) ÷ Anzahl(Positionen)',
  filled_items: 'Anzahl(Positionen, deren Warten mit Bestand endete)',
  days_to_fill_mean: 'Mittel(bedient − wartet seit) über bediente Positionen',
  days_to_fill_median: 'Median(bedient − wartet seit) über bediente Positionen',
  days_to_fill_p90: '90. Perzentil(bedient − wartet seit) über bediente Positionen',
  unit_fill_rate: 'Summe(gleich zugeteilte Stücke) ÷ Summe(angenommene Stücke)',
  item_fill_rate: 'Anzahl(gleich zugeteilte Positionen) ÷ Anzahl(angenommene Positionen)',
  order_fill_rate:
    '1 − Anzahl(verschiedene Bestellungen, denen etwas fehlte) ÷ Anzahl(verschiedene angenommene Bestellungen)',
  value_fill_rate: 'Summe(gleich zugeteilte Stücke × Stückpreis) ÷ Summe(angenommene Stücke × Stückpreis)',
  given_up_units: 'Summe(Stücke, deren Warten durch Storno oder Änderung endete)',
  taken_back_units: 'Summe(Stücke, die von zugeteilt zurück in das Warten oder Anhalten gingen)',
  unit_fill_rate_1: units(1),
  unit_fill_rate_7: units(7),
  unit_fill_rate_30: units(30),
  item_fill_rate_1: items(1),
  item_fill_rate_7: items(7),
  item_fill_rate_30: items(30),
  order_fill_rate_1: orders(1),
  order_fill_rate_7: orders(7),
  order_fill_rate_30: orders(30),
  value_fill_rate_1: value(1),
  value_fill_rate_7: value(7),
  value_fill_rate_30: value(30),
  covered_units: 'Summe(wartende Stücke mit zugesagtem Tag)',
  cover_rate: 'Summe(wartende Stücke mit zugesagtem Tag) ÷ Summe(wartende Stücke)',
  first_promise_kept:
    'Anzahl(am zuerst zugesagten Tag oder früher bedient) ÷ Anzahl(bedient oder überfällig)',
  last_promise_kept:
    'Anzahl(am zuletzt zugesagten Tag oder früher bedient) ÷ Anzahl(bedient oder überfällig)',
  promise_bias: 'Mittel(bedient − zuerst zugesagter Tag)',
  split_rate:
    'Anzahl(verschiedene Bestellungen aus mindestens 2 Lagern) ÷ Anzahl(verschiedene Bestellungen mit Bestand)',
  units_given: 'Summe(wartend → zugeteilt)',
  items_given: 'Anzahl(verschiedene Positionen, die bedient wurden)',
  units_lost: 'Summe(zugeteilt → wartend oder angehalten)',
  units_dropped: 'Summe(wartend → nichts)',
  units_out: 'Summe(zugeteilt → versandt)',
  units_held: 'Summe(offene Zuteilung)',
  units_sent: 'Summe(versandte Zuteilung)',
  orders_served: 'Anzahl(verschiedene Bestellungen)',
  promise_changes: 'Anzahl(Änderungen einer Zusage)',
  promises_later: 'Anzahl(Änderungen auf einen späteren Tag)',
  promises_earlier: 'Anzahl(Änderungen auf einen früheren Tag)',
  promises_unknown: 'Anzahl(Änderungen auf keinen Tag)',
  refused_orders: 'Anzahl(verschiedene abgelehnte Bestellungen)',
  refused_units: 'Summe(gewünscht)',
  lost_units: 'Summe(gewünscht − verfügbar − darf warten)',
  purchased_units: 'Summe(eingekauft)',
  received_units: 'Summe(eingegangen)',
  incoming_units: 'Summe(unterwegs)',
  slip_mean: 'Mittel(letzter Eingang − zuerst erwarteter Tag) über abgeschlossene Zeilen',
  slip_p90: '90. Perzentil(letzter Eingang − zuerst erwarteter Tag)',
  late_share:
    'Anzahl(Zeilen mit letztem Eingang nach dem zuerst erwarteten Tag) ÷ Anzahl(abgeschlossene Zeilen)',
};
