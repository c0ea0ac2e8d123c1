/** What each refusal says, in German; the English sentences are the server's own. */
import type { RefusalWords, Values } from '../../../src/words/refusal-sentence.ts';
import { INCOMING } from './buying.ts';
import { EXPLANATION } from './explanation.ts';
import { counted, plural } from './grammar.ts';

const AGAIN = 'Nichts wurde geändert; bitte noch einmal senden.';
const stage = (values: Values) => values.word('stage', INCOMING.statuses);
const missing = (what: string, name: string) => (values: Values) =>
  `${what} ${values.text(name)} gibt es nicht.`;

export const REFUSALS: RefusalWords = {
  invalid_request: [
    (values) =>
      `Die Anfrage ist nicht gültig: ${values.each('errors', (error) => error.text('path'))} hat keinen gültigen Wert.`,
  ],
  not_found: [
    missing('Ein Produkt', 'sku'),
    (values) => `Bestellung ${values.text('orderId')} hat keine Zeile ${values.text('line')}.`,
    (values) =>
      `Lieferantenbestellung ${values.text('purchaseOrder')} hat keine Zeile ${values.text('line')}.`,
    missing('Eine Bestellung', 'orderId'),
    missing('Eine Lieferantenbestellung', 'purchaseOrder'),
    missing('Einen gespeicherten Bericht', 'savedReport'),
    missing('Einen Regelsatz', 'version'),
    missing('Eine Bestellung', 'order'),
    missing('Ein Produkt', 'product'),
    missing('Einen Lieferanten', 'supplier'),
    missing('Einen Regelsatz', 'rule set'),
    missing('Eine Lieferantenbestellung', 'purchase order'),
    missing('Einen gespeicherten Bericht', 'saved report'),
    missing('Eine Position', 'item'),
    missing('Einen Vertriebskanal', 'sales channel'),
    missing('Ein Lager', 'warehouse'),
    () => 'Das gibt es nicht.',
  ],
  unknown_sku: [(values) => `Ein Produkt ${values.texts('skus')} gibt es nicht.`],
  unknown_channel: [
    (values) =>
      `Regel ${values.text('rule')} nennt den Vertriebskanal ${values.text('channel')}, den es nicht gibt.`,
    missing('Einen Vertriebskanal', 'channel'),
  ],
  unknown_warehouse: [
    (values) =>
      `Regel ${values.text('rule')} nennt das Lager ${values.text('warehouse')}, das es nicht gibt.`,
    missing('Ein Lager', 'warehouse'),
  ],
  unknown_supplier: [missing('Einen Lieferanten', 'supplier')],
  channel_disabled: [(values) => `Der Vertriebskanal ${values.text('channel')} ist abgeschaltet.`],
  order_refused: [
    (values) =>
      `Der Kanal kann diese Bestellung nicht annehmen. ${values.each(
        'items',
        (item) =>
          `${item.text('sku')}: ${item.count('wanted').figure} gewünscht, ${item.count('available').figure} verfügbar; ${item.word('code', EXPLANATION.bars)}`,
      )}.`,
  ],
  order_number_reused: [
    (values) =>
      `Die Nummer ${values.text('number')} gehört auf diesem Kanal schon zu einer anderen Bestellung; jene ändern oder eine neue Nummer wählen.`,
  ],
  reference_reused: [
    (values) =>
      `Der Beleg ${values.text('reference')} gehört schon zu einem anderen Vorgang; einen neuen wählen.`,
  ],
  idempotency_key_reused: [
    () =>
      'Diese Anfrage wurde schon mit anderem Inhalt gesandt; die Seite neu laden und noch einmal beginnen.',
  ],
  order_on_hold: [
    (values) => `Die Bestellung ist angehalten: ${values.text('hold')}. Zuerst freigeben.`,
    () => 'Die Bestellung ist angehalten. Zuerst freigeben.',
  ],
  order_not_on_hold: [(values) => `Bestellung ${values.text('orderId')} ist nicht angehalten.`],
  nothing_to_cancel: [
    (values) => `In Bestellung ${values.text('orderId')} kann kein Stück mehr storniert werden.`,
  ],
  too_many_units: [
    (values) =>
      `Auf ${values.text('sku')} warten schon ${values.count('waiting').figure} Stück; mit ${values.count('units').figure} mehr wären es über ${values.count('most').figure}.`,
    (values) =>
      `Auf das Produkt der Zeile ${values.text('line')} warten schon ${values.count('waiting').figure} Stück; mit ${values.count('units').figure} mehr wären es über ${values.count('most').figure}.`,
    (values) =>
      `In Zeile ${values.text('line')} ${plural(values.count('cancellable'), 'kann', 'können')} höchstens ${values.count('cancellable').figure} Stück storniert werden, nicht ${values.count('units').figure}.`,
    (values) =>
      `In Zeile ${values.text('line')} von ${values.text('purchaseOrder')} ${plural(values.count('open'), 'ist', 'sind')} noch ${values.count('open').figure} Stück offen, nicht ${values.count('units').figure}.`,
    (values) =>
      `Alle Zeilen zusammen sind ${values.text('sum')} Stück; höchstens ${values.text('most')} werden angenommen.`,
    (values) => `In Zeile ${values.text('line')} sind ${values.count('quantity').figure} Stück zu viel.`,
    (values) =>
      `Das geht mit ${values.text('sku')} in ${values.text('warehouse')} nicht: vorhanden sind dort ${values.count('onHand').figure}.`,
  ],
  too_much_value: [
    (values) =>
      `Alle Zeilen zusammen sind ${values.text('sum')} in der kleinsten Einheit der Währung wert; höchstens ${values.text('most')} werden angenommen.`,
  ],
  quantity_below_committed: [
    (values) =>
      `In Zeile ${values.text('line')} ${plural(values.count('least'), 'ist', 'sind')} ${values.count('least').figure} Stück schon versandt oder kommissioniert; ${values.count('quantity').figure} sind zu wenig.`,
  ],
  not_allocated: [
    (values) =>
      `Zeile ${values.text('line')} hat in ${values.text('warehouse')} ${values.count('allocated').figure} Stück zugeteilt, nicht ${values.count('units').figure}.`,
    (values) =>
      `Zeile ${values.text('line')} hat in ${values.text('warehouse')} kein zugeteiltes Stück, das noch nicht kommissioniert ist.`,
  ],
  not_released: [
    (values) => `Eine Vorbestellung darf nicht vor ${values.moment('releaseAt')} versandt werden.`,
  ],
  order_incomplete: [
    (values) =>
      `Bestellung ${values.text('orderId')} wird nur vollständig versandt, und ein Teil von ihr wartet noch.`,
  ],
  below_release_gate: [
    (values) =>
      `Von Bestellung ${values.text('orderId')} hat noch nicht der Teil Bestand, der dafür verlangt ist.`,
  ],
  insufficient_available: [
    (values) =>
      `${values.text('warehouse')} hat von ${values.text('sku')} nur ${values.count('available').figure} Stück verfügbar.`,
  ],
  below_picked: [
    (values) =>
      `In ${values.text('warehouse')} ${plural(values.count('picked'), 'ist', 'sind')} ${values.count('picked').figure} Stück von ${values.text('sku')} schon kommissioniert; weniger dürfen es nicht sein.`,
  ],
  stock_unmanaged: [(values) => `Für das Lager ${values.text('warehouse')} wird kein Bestand geführt.`],
  warehouse_in_use: [
    (values) =>
      `Das Lager ${values.text('warehouse')} hat Bestand oder offene Zuteilungen; zuerst leeren, dann die Art des Bestands ändern.`,
  ],
  not_external: [
    (values) =>
      `${values.text('warehouse')} ist ein eigenes Lager; stattdessen melden, was kommissioniert ist.`,
  ],
  supplier_disabled: [
    (values) => `Der Lieferant ${values.text('supplier')} ist abgeschaltet: dort wird nichts bestellt.`,
  ],
  not_a_draft: [
    (values) =>
      `Lieferantenbestellung ${values.text('purchaseOrder')} ist kein Entwurf mehr (${stage(values)}).`,
  ],
  bought_to_order: [
    (values) =>
      `Lieferantenbestellung ${values.text('purchaseOrder')} wurde für Bestellungen gemacht; absenden, oder stornieren: dann stellen sich ihre Positionen in die Reihe.`,
  ],
  not_on_its_way: [
    (values) =>
      `Lieferantenbestellung ${values.text('purchaseOrder')} ist nicht unterwegs (${stage(values)}).`,
  ],
  below_minimum: [
    (values) =>
      `Der Lieferant nimmt Bestellungen ab ${values.text('minimum')}; diese ist ${values.text('value')} wert (in der kleinsten Einheit der Währung).`,
  ],
  wrong_warehouse: [
    (values) =>
      `Zeile ${values.text('line')} trifft in ${values.text('warehouse')} ein; dort einbuchen und umlagern.`,
  ],
  over_receipt: [
    (values) =>
      `Zeile ${values.text('line')} nimmt nur noch ${values.count('accepted').figure} Stück an, nicht ${values.count('units').figure}; den Rest ohne Lieferantenbestellung einbuchen.`,
  ],
  partly_received: [
    (values) =>
      `${counted(values.count('received'), 'Stück', 'Stück')} der Lieferantenbestellung ${values.text('purchaseOrder')} ${plural(values.count('received'), 'ist', 'sind')} schon eingegangen; stattdessen schließen, was noch offen ist.`,
  ],
  purchase_order_ended: [
    (values) => `Lieferantenbestellung ${values.text('purchaseOrder')} ist schon storniert.`,
  ],
  nothing_to_order: [
    (values) =>
      `Bei ${values.text('supplier')} ist nichts zu bestellen: was wartet, ist frei, unterwegs oder im Entwurf.`,
  ],
  unknown_rule_set: [missing('Einen Regelsatz', 'version')],
  invalid_condition: [
    (values) =>
      `Die Bedingung der Regel ${values.text('rule')} ist falsch in Zeile ${values.text('line')}, Spalte ${values.text('column')}.`,
  ],
  reports_busy: [() => 'Es warten schon zu viele Berichte; gleich noch einmal versuchen.'],
  report_too_slow: [
    () => 'Der Bericht dauerte zu lange; einen kürzeren Zeitraum, weniger Gruppen oder einen Filter wählen.',
  ],
  too_many_reports: [() => 'Es sind schon zu viele Berichte gespeichert; zuerst einen löschen.'],
  alarm_needs_measure: [() => 'Der Bericht muss die Kennzahl zeigen, die sein Alarm beobachtet.'],
  mail_not_set: [
    () =>
      'Es kann keine Mail gesandt werden: Allot mit SMTP_URL (smtp://user:password@host:587) und ALLOT_MAIL_FROM (dem Absender) starten.',
  ],
  no_schedule: [() => 'Für diesen Bericht ist nicht gesagt, an wen er gesandt wird.'],
  product_set_aside: [
    (values) =>
      `Bestand von ${values.texts('skus')} kann seit ${values.moment('since')} niemandem gegeben werden, der wartet, und niemand darf überholen. Allot versucht es von selbst wieder; später noch einmal senden.`,
  ],
  payload_too_large: [() => 'Was gesandt wurde, ist zu groß.'],
  headers_too_large: [() => 'Adresse und Kopf der Anfrage sind zu groß.'],
  request_timeout: [() => 'Die Anfrage kam nicht rechtzeitig an; bitte noch einmal senden.'],
  unsupported_media_type: [() => 'Diese Art von Inhalt wird nicht angenommen.'],
  not_loopback: [() => 'Diese Adresse wird nicht bedient; Allot antwortet nur auf diesem Rechner.'],
  foreign_origin: [() => 'Die Anfrage kam von einer fremden Seite und wurde nicht ausgeführt.'],
  overloaded: [() => `Allot hat gerade zu viel zu tun. ${AGAIN}`],
  outdated_program: [() => 'Die Datenbank gehört zu einer neueren Version von Allot; diese aktualisieren.'],
  database_unavailable: [() => `Die Datenbank antwortet nicht. ${AGAIN}`],
  outcome_unknown: [
    () =>
      'Ob die Änderung behalten wurde, weiß niemand: die Verbindung ging beim Abschluss verloren. Nachsehen, oder dasselbe noch einmal senden.',
  ],
  internal_error: [() => 'Bei Allot ging etwas schief; nichts wurde geändert.'],
};
