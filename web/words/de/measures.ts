/** What the registry of measures says of each, in German. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';

export const DEFINITIONS: Readonly<Record<MeasureId, string>> = {
  items: 'Bestellpositionen.',
  orders: 'Bestellungen mit einer solchen Position.',
  ordered_units: 'Stücke, die bestellt wurden.',
  waiting_units: 'Stücke, die warten, aus welchem Grund auch immer.',
  backordered_units: 'Stücke, die warten, weil nichts verfügbar ist.',
  preordered_units: 'Stücke, die auf eine Veröffentlichung warten.',
  unfillable_units: 'Stücke, die niemand liefern kann und die nicht warten dürfen.',
  pending_units: 'Stücke angehaltener Bestellungen.',
  allocated_units: 'Stücke, die Bestand haben und noch nicht fort sind.',
  shipped_units: 'Stücke, die versandt wurden.',
  cancelled_units: 'Stücke, die storniert wurden.',
  waiting_items: 'Positionen, von denen etwas wartet.',
  value: 'Was die bestellten Stücke die Kunden kosten.',
  waiting_value: 'Was die wartenden Stücke die Kunden kosten.',
  days_waiting_mean: 'Tage, die wartende Positionen bisher warten, im Mittel.',
  days_waiting_median: 'Die Hälfte der wartenden Positionen wartet höchstens so viele Tage.',
  days_waiting_p90: 'Neun von zehn wartenden Positionen warten höchstens so viele Tage.',
  waited_items: 'Positionen, von denen irgendwann etwas warten musste.',
  backorder_rate: 'Anteil der Positionen, von denen etwas warten musste.',
  filled_items: 'Positionen, die warteten und ihr letztes Stück bekamen.',
  days_to_fill_mean:
    'Tage vom Bestellen bis zum letzten Stück, im Mittel, von Positionen, die warteten und bedient wurden. Was noch wartet, zählt nicht mit; es sieht also besser aus, als es ist: siehe Zeit bis zur Erfüllung.',
  days_to_fill_median: 'Die Hälfte der bedienten Positionen wartete höchstens so viele Tage.',
  days_to_fill_p90: 'Neun von zehn bedienten Positionen warteten höchstens so viele Tage.',
  unit_fill_rate:
    'Anteil der Stücke, die Bestand hatten, als sie angenommen wurden; ohne Vorbestellungen und angehaltene Bestellungen.',
  item_fill_rate:
    'Anteil der Positionen, von denen alle Stücke gleich Bestand hatten; ohne Vorbestellungen und angehaltene Bestellungen.',
  order_fill_rate:
    'Anteil der Bestellungen, deren Positionen alle gleich Bestand hatten; ohne Vorbestellungen und angehaltene Bestellungen.',
  value_fill_rate:
    'Anteil des Werts, der gleich Bestand hatte; ohne Vorbestellungen und angehaltene Bestellungen. In einer Währung.',
  given_up_units: 'Stücke, die storniert oder verringert wurden, während sie warteten.',
  taken_back_units:
    'Stücke, die Bestand hatten und wieder verloren: durch Zählung, Ablehnung, Anhalten oder eine andere Bestellung.',
  covered_units: 'Wartende Stücke, für die ein Tag genannt wurde: Nachschub dafür ist unterwegs.',
  cover_rate: 'Anteil der wartenden Stücke, für die ein Tag genannt wurde.',
  first_promise_kept:
    'Anteil der ersten Zusagen, die gehalten wurden: Das letzte Stück hatte am zugesagten Tag oder früher Bestand. Überfällige gelten als gebrochen, noch nicht fällige zählen nicht mit.',
  last_promise_kept: 'Dasselbe für den Tag, der dem Kunden zuletzt genannt wurde.',
  promise_bias:
    'Tage, um die bediente Positionen nach dem zuerst zugesagten Tag kamen, im Mittel; unter 0 ist zu früh.',
  split_rate: 'Anteil der Bestellungen mit Bestand, die aus mehr als einem Lager kommen.',
  units_given: 'Stücke, die nach dem Warten Bestand bekamen.',
  items_given: 'Positionen, die nach dem Warten Bestand bekamen.',
  units_lost: 'Stücke, deren Bestand zurückgenommen wurde.',
  units_dropped: 'Stücke, die beim Warten storniert oder verringert wurden.',
  units_out: 'Stücke, die versandt wurden.',
  units_held: 'Stücke, die ein Lager für Bestellungen bereithält.',
  units_sent: 'Stücke, die ein Lager versandt hat.',
  orders_served: 'Bestellungen, die ein Lager bedient oder bedient hat.',
  promise_changes: 'Male, die Kunden ein anderer Tag genannt wurde.',
  promises_later: 'Male, die der Tag sich nach hinten verschob.',
  promises_earlier: 'Male, die der Tag näher rückte.',
  promises_unknown: 'Male, die kein Tag mehr bekannt war.',
  refused_orders: 'Bestellungen, die abgelehnt wurden.',
  refused_units:
    'Stücke, die verlangt und abgelehnt wurden. Eine Bestellung, die erneut gesandt wird, zählt erneut.',
  lost_units: 'Stücke über das hinaus, was da war und was hätte warten dürfen.',
  purchased_units: 'Stücke, die bei Lieferanten bestellt wurden; ohne Entwürfe.',
  received_units: 'Stücke, die eingetroffen sind.',
  incoming_units: 'Stücke, die unterwegs sind.',
  slip_mean:
    'Tage, um die Einkaufspositionen nach dem zuerst genannten Tag kamen, im Mittel; unter 0 ist zu früh.',
  slip_p90: 'Neun von zehn Einkaufspositionen kamen höchstens so viele Tage nach dem zuerst genannten Tag.',
  late_share: 'Anteil der Einkaufspositionen, die nach dem zuerst genannten Tag kamen.',
  unit_fill_rate_1:
    'Anteil der Stücke, die sofort oder binnen einem Tag nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens einen Tag alt sind.',
  unit_fill_rate_7:
    'Anteil der Stücke, die sofort oder binnen 7 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 7 Tage alt sind.',
  unit_fill_rate_30:
    'Anteil der Stücke, die sofort oder binnen 30 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 30 Tage alt sind.',
  item_fill_rate_1:
    'Anteil der Positionen, von denen alle Stücke sofort oder binnen einem Tag nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens einen Tag alt sind.',
  item_fill_rate_7:
    'Anteil der Positionen, von denen alle Stücke sofort oder binnen 7 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 7 Tage alt sind.',
  item_fill_rate_30:
    'Anteil der Positionen, von denen alle Stücke sofort oder binnen 30 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 30 Tage alt sind.',
  order_fill_rate_1:
    'Anteil der Bestellungen, deren Positionen alle sofort oder binnen einem Tag nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens einen Tag alt sind.',
  order_fill_rate_7:
    'Anteil der Bestellungen, deren Positionen alle sofort oder binnen 7 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 7 Tage alt sind.',
  order_fill_rate_30:
    'Anteil der Bestellungen, deren Positionen alle sofort oder binnen 30 Tagen nach dem Bestellen Bestand hatten, von Bestellungen, die mindestens 30 Tage alt sind.',
  value_fill_rate_1:
    'Anteil des Werts, der sofort oder binnen einem Tag nach dem Bestellen Bestand hatte, von Bestellungen, die mindestens einen Tag alt sind. In einer Währung.',
  value_fill_rate_7:
    'Anteil des Werts, der sofort oder binnen 7 Tagen nach dem Bestellen Bestand hatte, von Bestellungen, die mindestens 7 Tage alt sind. In einer Währung.',
  value_fill_rate_30:
    'Anteil des Werts, der sofort oder binnen 30 Tagen nach dem Bestellen Bestand hatte, von Bestellungen, die mindestens 30 Tage alt sind. In einer Währung.',
};
