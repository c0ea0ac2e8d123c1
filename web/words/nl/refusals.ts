/** What each refusal says, in Dutch; the English sentences are the server's own. */
import type { RefusalWords, Values } from '../../../src/words/refusal-sentence.ts';
import { INCOMING } from './buying.ts';
import { EXPLANATION } from './explanation.ts';
import { counted, plural } from './grammar.ts';

const AGAIN = 'Er is niets gewijzigd; probeer het opnieuw.';
const stage = (values: Values) => values.word('stage', INCOMING.statuses);
const missing = (what: string, name: string) => (values: Values) =>
  `${what} ${values.text(name)} bestaat niet.`;

export const REFUSALS: RefusalWords = {
  invalid_request: [
    (values) =>
      `De aanvraag is niet geldig: ${values.each('errors', (error) => error.text('path'))} heeft geen geldige waarde.`,
  ],
  not_found: [
    missing('Product', 'sku'),
    (values) => `Bestelling ${values.text('orderId')} heeft geen regel ${values.text('line')}.`,
    (values) => `Inkooporder ${values.text('purchaseOrder')} heeft geen regel ${values.text('line')}.`,
    missing('Bestelling', 'orderId'),
    missing('Inkooporder', 'purchaseOrder'),
    missing('Bewaard rapport', 'savedReport'),
    missing('Regelset', 'version'),
    missing('Bestelling', 'order'),
    missing('Product', 'product'),
    missing('Leverancier', 'supplier'),
    missing('Regelset', 'rule set'),
    missing('Inkooporder', 'purchase order'),
    missing('Bewaard rapport', 'saved report'),
    missing('Regel', 'item'),
    missing('Verkoopkanaal', 'sales channel'),
    missing('Magazijn', 'warehouse'),
    () => 'Dat bestaat niet.',
  ],
  unknown_sku: [(values) => `Product ${values.texts('skus')} bestaat niet.`],
  unknown_channel: [
    (values) =>
      `Regel ${values.text('rule')} noemt verkoopkanaal ${values.text('channel')}, dat niet bestaat.`,
    missing('Verkoopkanaal', 'channel'),
  ],
  unknown_warehouse: [
    (values) => `Regel ${values.text('rule')} noemt magazijn ${values.text('warehouse')}, dat niet bestaat.`,
    missing('Magazijn', 'warehouse'),
  ],
  unknown_supplier: [missing('Leverancier', 'supplier')],
  channel_disabled: [(values) => `Verkoopkanaal ${values.text('channel')} staat uit.`],
  order_refused: [
    (values) =>
      `Het kanaal kan deze bestelling niet aannemen. ${values.each(
        'items',
        (item) =>
          `${item.text('sku')}: ${item.count('wanted').figure} gewenst, ${item.count('available').figure} beschikbaar; ${item.word('code', EXPLANATION.bars)}`,
      )}.`,
  ],
  order_number_reused: [
    (values) =>
      `Nummer ${values.text('number')} hoort op dit kanaal al bij een andere bestelling; wijzig die, of kies een nieuw nummer.`,
  ],
  reference_reused: [
    (values) => `Kenmerk ${values.text('reference')} hoort al bij een ander document; kies een nieuw.`,
  ],
  idempotency_key_reused: [
    () => 'Deze aanvraag is al met een andere inhoud gestuurd; laad de pagina opnieuw en begin nog eens.',
  ],
  order_on_hold: [
    (values) => `De bestelling wordt vastgehouden: ${values.text('hold')}. Geef haar eerst vrij.`,
    () => 'De bestelling wordt vastgehouden. Geef haar eerst vrij.',
  ],
  order_not_on_hold: [(values) => `Bestelling ${values.text('orderId')} wordt niet vastgehouden.`],
  nothing_to_cancel: [
    (values) => `Van bestelling ${values.text('orderId')} kan geen stuk meer worden geannuleerd.`,
  ],
  too_many_units: [
    (values) =>
      `Er wachten al ${values.count('waiting').figure} stuks van ${values.text('sku')}; met ${values.count('units').figure} erbij zouden het er meer dan ${values.count('most').figure} zijn.`,
    (values) =>
      `Er wachten al ${values.count('waiting').figure} stuks van het product van regel ${values.text('line')}; met ${values.count('units').figure} erbij zouden het er meer dan ${values.count('most').figure} zijn.`,
    (values) =>
      `Van regel ${values.text('line')} ${plural(values.count('cancellable'), 'kan hoogstens 1 stuk', `kunnen hoogstens ${values.count('cancellable').figure} stuks`)} worden geannuleerd, niet ${values.count('units').figure}.`,
    (values) =>
      `Van regel ${values.text('line')} van ${values.text('purchaseOrder')} ${plural(values.count('open'), 'staat', 'staan')} nog ${counted(values.count('open'), 'stuk', 'stuks')} open, niet ${values.count('units').figure}.`,
    (values) =>
      `Alle regels samen zijn ${values.text('sum')} stuks; er worden er hoogstens ${values.text('most')} aangenomen.`,
    (values) => `In regel ${values.text('line')} zijn ${values.count('quantity').figure} stuks te veel.`,
    (values) =>
      `Dat kan niet met ${values.text('sku')} in ${values.text('warehouse')}: aanwezig ${plural(values.count('onHand'), 'is', 'zijn')} er ${values.count('onHand').figure}.`,
  ],
  too_much_value: [
    (values) =>
      `Alle regels samen zijn ${values.text('sum')} waard in de kleinste eenheid van de valuta; hoogstens ${values.text('most')} wordt aangenomen.`,
  ],
  quantity_below_committed: [
    (values) =>
      `Van regel ${values.text('line')} ${plural(values.count('least'), 'is', 'zijn')} al ${counted(values.count('least'), 'stuk', 'stuks')} verzonden of verzameld; ${values.count('quantity').figure} is te weinig.`,
  ],
  not_allocated: [
    (values) =>
      `Regel ${values.text('line')} heeft in ${values.text('warehouse')} ${counted(values.count('allocated'), 'stuk', 'stuks')} toegewezen, niet ${values.count('units').figure}.`,
    (values) =>
      `Regel ${values.text('line')} heeft in ${values.text('warehouse')} geen toegewezen stuks die nog niet verzameld zijn.`,
  ],
  not_released: [
    (values) => `Een voorbestelling mag niet vóór ${values.moment('releaseAt')} worden verzonden.`,
  ],
  order_incomplete: [
    (values) =>
      `Bestelling ${values.text('orderId')} wordt alleen volledig verzonden, en een deel ervan wacht nog.`,
  ],
  below_release_gate: [
    (values) => `Van bestelling ${values.text('orderId')} heeft nog niet het vereiste deel voorraad.`,
  ],
  insufficient_available: [
    (values) =>
      `${values.text('warehouse')} heeft van ${values.text('sku')} maar ${counted(values.count('available'), 'stuk', 'stuks')} beschikbaar.`,
  ],
  below_picked: [
    (values) =>
      `In ${values.text('warehouse')} ${plural(values.count('picked'), 'is', 'zijn')} al ${counted(values.count('picked'), 'stuk', 'stuks')} van ${values.text('sku')} verzameld; minder mogen het er niet zijn.`,
  ],
  stock_unmanaged: [(values) => `Van magazijn ${values.text('warehouse')} wordt geen voorraad bijgehouden.`],
  warehouse_in_use: [
    (values) =>
      `Magazijn ${values.text('warehouse')} heeft voorraad of open toewijzingen; maak het eerst leeg en wijzig dan de soort voorraad.`,
  ],
  not_external: [
    (values) => `${values.text('warehouse')} is een eigen magazijn; meld in plaats daarvan wat verzameld is.`,
  ],
  supplier_disabled: [
    (values) => `Leverancier ${values.text('supplier')} staat uit: daar wordt niets besteld.`,
  ],
  not_a_draft: [
    (values) => `Inkooporder ${values.text('purchaseOrder')} is geen concept meer (${stage(values)}).`,
  ],
  bought_to_order: [
    (values) =>
      `Inkooporder ${values.text('purchaseOrder')} is voor bestellingen gemaakt; verstuur hem, of annuleer hem: dan gaan de regels in de rij.`,
  ],
  not_on_its_way: [
    (values) => `Inkooporder ${values.text('purchaseOrder')} is niet onderweg (${stage(values)}).`,
  ],
  below_minimum: [
    (values) =>
      `De leverancier neemt bestellingen aan vanaf ${values.text('minimum')}; deze is ${values.text('value')} waard (in de kleinste eenheid van de valuta).`,
  ],
  wrong_warehouse: [
    (values) =>
      `Regel ${values.text('line')} komt aan in ${values.text('warehouse')}; boek hem daar in en verplaats hem.`,
  ],
  over_receipt: [
    (values) =>
      `Regel ${values.text('line')} neemt er nog maar ${values.count('accepted').figure} aan, niet ${values.count('units').figure}; boek de rest in zonder inkooporder.`,
  ],
  partly_received: [
    (values) =>
      `Er ${plural(values.count('received'), 'is', 'zijn')} al ${counted(values.count('received'), 'stuk', 'stuks')} van inkooporder ${values.text('purchaseOrder')} aangekomen; sluit wat nog openstaat.`,
  ],
  purchase_order_ended: [(values) => `Inkooporder ${values.text('purchaseOrder')} is al geannuleerd.`],
  nothing_to_order: [
    (values) =>
      `Bij ${values.text('supplier')} hoeft niets te worden besteld: wat wacht is vrij, onderweg of in concept.`,
  ],
  unknown_rule_set: [missing('Regelset', 'version')],
  invalid_condition: [
    (values) =>
      `De voorwaarde van regel ${values.text('rule')} is fout op regel ${values.text('line')}, kolom ${values.text('column')}.`,
  ],
  reports_busy: [() => 'Er wachten al te veel rapporten; probeer het zo meteen opnieuw.'],
  report_too_slow: [
    () => 'Het rapport duurde te lang; kies een kortere periode, minder groepen of een filter.',
  ],
  too_many_reports: [() => 'Er zijn al te veel rapporten bewaard; verwijder er eerst een.'],
  alarm_needs_measure: [() => 'Het rapport moet het kengetal tonen dat het alarm bewaakt.'],
  mail_not_set: [
    () =>
      'Er kan geen mail worden verstuurd: start Allot met SMTP_URL (smtp://user:password@host:587) en ALLOT_MAIL_FROM (de afzender).',
  ],
  no_schedule: [() => 'Van dit rapport is niet gezegd naar wie het gaat.'],
  product_set_aside: [
    (values) =>
      `Voorraad van ${values.texts('skus')} kan sinds ${values.moment('since')} niet worden gegeven aan wie erop wacht, en niemand mag voor. Allot probeert het vanzelf opnieuw; stuur dit later nog eens.`,
  ],
  payload_too_large: [() => 'Wat is gestuurd, is te groot.'],
  headers_too_large: [() => 'Het adres en de kop van de aanvraag zijn te groot.'],
  request_timeout: [() => 'De aanvraag kwam niet op tijd aan; stuur haar opnieuw.'],
  unsupported_media_type: [() => 'Dit soort inhoud wordt niet aangenomen.'],
  not_loopback: [() => 'Dit adres wordt niet bediend; Allot antwoordt alleen op deze computer.'],
  foreign_origin: [() => 'De aanvraag kwam van een andere pagina en is niet uitgevoerd.'],
  overloaded: [() => `Allot heeft het nu te druk. ${AGAIN}`],
  outdated_program: [() => 'De database hoort bij een nieuwere versie van Allot; werk deze bij.'],
  database_unavailable: [() => `De database antwoordt niet. ${AGAIN}`],
  outcome_unknown: [
    () =>
      'Of de wijziging is bewaard, weet niemand: de verbinding ging bij het afronden verloren. Kijk het na, of stuur hetzelfde opnieuw.',
  ],
  internal_error: [() => 'Er ging iets mis bij Allot; er is niets gewijzigd.'],
};
