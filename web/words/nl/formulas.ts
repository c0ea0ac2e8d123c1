/** How each measure is worked out, in Dutch. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';
import { plural } from './grammar.ts';

const WAITING = 'nabesteld + voorbesteld + niet leverbaar';
const days = (after: number) => `${after} ${plural({ of: after }, 'dag', 'dagen')}`;
const units = (after: number) => `som(stuks met voorraad na ${days(after)}) ÷ som(aangenomen stuks)`;
const items = (after: number) =>
  `aantal(regels met alle voorraad na ${days(after)}) ÷ aantal(aangenomen regels)`;
const orders = (after: number) =>
  `1 − aantal(verschillende bestellingen waaraan na ${days(after)} iets ontbreekt) ÷ aantal(verschillende aangenomen bestellingen)`;
const value = (after: number) =>
  `som(stuks met voorraad na ${days(after)} × stukprijs) ÷ som(aangenomen stuks × stukprijs)`;

export const FORMULAS: Readonly<Record<MeasureId, string>> = {
  items: 'aantal(regels)',
  orders: 'aantal(verschillende bestellingen)',
  ordered_units: 'som(besteld)',
  waiting_units: `som(${WAITING})`,
  backordered_units: 'som(nabesteld)',
  preordered_units: 'som(voorbesteld)',
  unfillable_units: 'som(niet leverbaar)',
  pending_units: 'som(in afwachting)',
  allocated_units: 'som(toegewezen)',
  shipped_units: 'som(verzonden)',
  cancelled_units: 'som(geannuleerd)',
  waiting_items: `aantal(regels met ${WAITING} > 0)`,
  value: 'som(besteld × stukprijs)',
  waiting_value: `som((${WAITING}) × stukprijs)`,
  days_waiting_mean: 'gemiddelde(nu − wacht sinds) van wachtende regels',
  days_waiting_median: 'mediaan(nu − wacht sinds) van wachtende regels',
  days_waiting_p90: '90e percentiel(nu − wacht sinds) van wachtende regels',
  waited_items: 'aantal(regels die ooit wachtten)',
  backorder_rate: 'aantal(regels die ooit wachtten) ÷ aantal(regels)',
  filled_items: 'aantal(regels waarvan het wachten met voorraad eindigde)',
  days_to_fill_mean: 'gemiddelde(bediend − wacht sinds) van bediende regels',
  days_to_fill_median: 'mediaan(bediend − wacht sinds) van bediende regels',
  days_to_fill_p90: '90e percentiel(bediend − wacht sinds) van bediende regels',
  unit_fill_rate: 'som(meteen toegewezen stuks) ÷ som(aangenomen stuks)',
  item_fill_rate: 'aantal(meteen toegewezen regels) ÷ aantal(aangenomen regels)',
  order_fill_rate:
    '1 − aantal(verschillende bestellingen waaraan iets ontbrak) ÷ aantal(verschillende aangenomen bestellingen)',
  value_fill_rate: 'som(meteen toegewezen stuks × stukprijs) ÷ som(aangenomen stuks × stukprijs)',
  given_up_units: 'som(stuks waarvan het wachten door annulering of wijziging eindigde)',
  taken_back_units: 'som(stuks die van toegewezen terug naar wachten of vasthouden gingen)',
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
  covered_units: 'som(wachtende stuks met toegezegde dag)',
  cover_rate: 'som(wachtende stuks met toegezegde dag) ÷ som(wachtende stuks)',
  first_promise_kept: 'aantal(op de eerst toegezegde dag of eerder bediend) ÷ aantal(bediend of over tijd)',
  last_promise_kept: 'aantal(op de laatst toegezegde dag of eerder bediend) ÷ aantal(bediend of over tijd)',
  promise_bias: 'gemiddelde(bediend − eerst toegezegde dag)',
  split_rate:
    'aantal(verschillende bestellingen uit 2 of meer magazijnen) ÷ aantal(verschillende bestellingen met voorraad)',
  units_given: 'som(wachtend → toegewezen)',
  items_given: 'aantal(verschillende regels die bediend zijn)',
  units_lost: 'som(toegewezen → wachtend of vastgehouden)',
  units_dropped: 'som(wachtend → niets)',
  units_out: 'som(toegewezen → verzonden)',
  units_held: 'som(open toewijzing)',
  units_sent: 'som(verzonden toewijzing)',
  orders_served: 'aantal(verschillende bestellingen)',
  promise_changes: 'aantal(wijzigingen van een toezegging)',
  promises_later: 'aantal(wijzigingen naar een latere dag)',
  promises_earlier: 'aantal(wijzigingen naar een eerdere dag)',
  promises_unknown: 'aantal(wijzigingen naar geen dag)',
  refused_orders: 'aantal(verschillende geweigerde bestellingen)',
  refused_units: 'som(gewenst)',
  lost_units: 'som(gewenst − beschikbaar − mag wachten)',
  purchased_units: 'som(ingekocht)',
  received_units: 'som(ontvangen)',
  incoming_units: 'som(onderweg)',
  slip_mean: 'gemiddelde(laatste ontvangst − eerst verwachte dag) van afgesloten regels',
  slip_p90: '90e percentiel(laatste ontvangst − eerst verwachte dag)',
  late_share: 'aantal(regels met laatste ontvangst na de eerst verwachte dag) ÷ aantal(afgesloten regels)',
};
