/** What the registry of measures says of each, in Dutch. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';

export const DEFINITIONS: Readonly<Record<MeasureId, string>> = {
  items: 'Bestelregels.',
  orders: 'Bestellingen met zo’n regel.',
  ordered_units: 'Stuks die besteld zijn.',
  waiting_units: 'Stuks die wachten, om welke reden dan ook.',
  backordered_units: 'Stuks die wachten omdat er niets beschikbaar is.',
  preordered_units: 'Stuks die op een verschijning wachten.',
  unfillable_units: 'Stuks die niemand kan leveren en die niet mogen wachten.',
  pending_units: 'Stuks van bestellingen die vastgehouden worden.',
  allocated_units: 'Stuks die voorraad hebben en nog niet weg zijn.',
  shipped_units: 'Stuks die verzonden zijn.',
  cancelled_units: 'Stuks die geannuleerd zijn.',
  waiting_items: 'Regels waarvan iets wacht.',
  value: 'Wat de bestelde stuks de klanten kosten.',
  waiting_value: 'Wat de wachtende stuks de klanten kosten.',
  days_waiting_mean: 'Dagen die wachtende regels al wachten, gemiddeld.',
  days_waiting_median: 'De helft van de wachtende regels wacht hoogstens zo veel dagen.',
  days_waiting_p90: 'Negen van de tien wachtende regels wachten hoogstens zo veel dagen.',
  waited_items: 'Regels waarvan ooit iets moest wachten.',
  backorder_rate: 'Aandeel van de regels waarvan iets moest wachten.',
  filled_items: 'Regels die wachtten en hun laatste stuk kregen.',
  days_to_fill_mean:
    'Dagen van bestellen tot het laatste stuk, gemiddeld, van regels die wachtten en gevuld werden. Wat nog wacht telt niet mee, dus het lijkt beter dan het is: zie de tijd tot levering.',
  days_to_fill_median: 'De helft van de gevulde regels wachtte hoogstens zo veel dagen.',
  days_to_fill_p90: 'Negen van de tien gevulde regels wachtten hoogstens zo veel dagen.',
  unit_fill_rate:
    'Aandeel van de stuks dat voorraad had toen ze aanvaard werden; zonder voorbestellingen en vastgehouden bestellingen.',
  item_fill_rate:
    'Aandeel van de regels waarvan alle stuks meteen voorraad hadden; zonder voorbestellingen en vastgehouden bestellingen.',
  order_fill_rate:
    'Aandeel van de bestellingen waarvan alle regels meteen voorraad hadden; zonder voorbestellingen en vastgehouden bestellingen.',
  value_fill_rate:
    'Aandeel van de waarde dat meteen voorraad had; zonder voorbestellingen en vastgehouden bestellingen. In één valuta.',
  given_up_units: 'Stuks die geannuleerd of verlaagd werden terwijl ze wachtten.',
  taken_back_units:
    'Stuks die voorraad hadden en weer verloren: door een telling, een weigering, een vasthouden, een andere bestelling.',
  covered_units: 'Wachtende stuks waarvoor een dag genoemd is: er is aanvoer voor onderweg.',
  cover_rate: 'Aandeel van de wachtende stuks waarvoor een dag genoemd is.',
  first_promise_kept:
    'Aandeel van de eerste toezeggingen dat is nagekomen: het laatste stuk had voorraad op de toegezegde dag of eerder. Wat over tijd is telt als verbroken, wat nog niet aan de beurt is telt niet mee.',
  last_promise_kept: 'Hetzelfde voor de dag die de klant het laatst genoemd is.',
  promise_bias:
    'Dagen waarmee gevulde regels na de eerst toegezegde dag kwamen, gemiddeld; minder dan 0 is te vroeg.',
  split_rate: 'Aandeel van de bestellingen met voorraad die uit meer dan één magazijn komen.',
  units_given: 'Stuks die na wachten voorraad kregen.',
  items_given: 'Regels die na wachten voorraad kregen.',
  units_lost: 'Stuks waarvan de voorraad is teruggenomen.',
  units_dropped: 'Stuks die tijdens het wachten geannuleerd of verlaagd zijn.',
  units_out: 'Stuks die verzonden zijn.',
  units_held: 'Stuks die een magazijn voor bestellingen vasthoudt.',
  units_sent: 'Stuks die een magazijn verzonden heeft.',
  orders_served: 'Bestellingen die een magazijn levert of leverde.',
  promise_changes: 'Keren dat klanten een andere dag te horen kregen.',
  promises_later: 'Keren dat de dag opschoof.',
  promises_earlier: 'Keren dat de dag dichterbij kwam.',
  promises_unknown: 'Keren dat er geen dag meer bekend was.',
  refused_orders: 'Bestellingen die geweigerd zijn.',
  refused_units:
    'Stuks die gevraagd en geweigerd zijn. Een bestelling die opnieuw gestuurd wordt telt opnieuw.',
  lost_units: 'Stuks boven wat er was en wat had mogen wachten.',
  purchased_units: 'Stuks die bij leveranciers besteld zijn; zonder concepten.',
  received_units: 'Stuks die aangekomen zijn.',
  incoming_units: 'Stuks die onderweg zijn.',
  slip_mean:
    'Dagen waarmee inkoopregels na de eerst genoemde dag kwamen, gemiddeld; minder dan 0 is te vroeg.',
  slip_p90: 'Negen van de tien inkoopregels kwamen hoogstens zo veel dagen na de eerst genoemde dag.',
  late_share: 'Aandeel van de inkoopregels dat na de eerst genoemde dag kwam.',
  unit_fill_rate_1:
    'Aandeel van de stuks dat meteen of binnen een dag na bestellen voorraad had, van bestellingen van minstens een dag oud.',
  unit_fill_rate_7:
    'Aandeel van de stuks dat meteen of binnen 7 dagen na bestellen voorraad had, van bestellingen van minstens 7 dagen oud.',
  unit_fill_rate_30:
    'Aandeel van de stuks dat meteen of binnen 30 dagen na bestellen voorraad had, van bestellingen van minstens 30 dagen oud.',
  item_fill_rate_1:
    'Aandeel van de regels waarvan alle stuks meteen of binnen een dag na bestellen voorraad hadden, van bestellingen van minstens een dag oud.',
  item_fill_rate_7:
    'Aandeel van de regels waarvan alle stuks meteen of binnen 7 dagen na bestellen voorraad hadden, van bestellingen van minstens 7 dagen oud.',
  item_fill_rate_30:
    'Aandeel van de regels waarvan alle stuks meteen of binnen 30 dagen na bestellen voorraad hadden, van bestellingen van minstens 30 dagen oud.',
  order_fill_rate_1:
    'Aandeel van de bestellingen waarvan alle regels meteen of binnen een dag na bestellen voorraad hadden, van bestellingen van minstens een dag oud.',
  order_fill_rate_7:
    'Aandeel van de bestellingen waarvan alle regels meteen of binnen 7 dagen na bestellen voorraad hadden, van bestellingen van minstens 7 dagen oud.',
  order_fill_rate_30:
    'Aandeel van de bestellingen waarvan alle regels meteen of binnen 30 dagen na bestellen voorraad hadden, van bestellingen van minstens 30 dagen oud.',
  value_fill_rate_1:
    'Aandeel van de waarde dat meteen of binnen een dag na bestellen voorraad had, van bestellingen van minstens een dag oud. In één valuta.',
  value_fill_rate_7:
    'Aandeel van de waarde dat meteen of binnen 7 dagen na bestellen voorraad had, van bestellingen van minstens 7 dagen oud. In één valuta.',
  value_fill_rate_30:
    'Aandeel van de waarde dat meteen of binnen 30 dagen na bestellen voorraad had, van bestellingen van minstens 30 dagen oud. In één valuta.',
};
