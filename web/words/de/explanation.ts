/** What src/words/en/explanation.ts says, in German. */
import type { ExplanationWords } from '../../../src/words/explain.ts';
import type { Count } from '../../../src/words/grammar.ts';
import { and, counted, or, plural } from './grammar.ts';

const pieces = (count: Count) => counted(count, 'Stück', 'Stück');

export const EXPLANATION: ExplanationWords = {
  quoted: (name) => `„${name}“`,
  named: (name, code) => `${name} (${code})`,
  standing: {
    head: (wanted, parts) => `Von ${wanted.figure} gewünschten: ${parts.join(', ')}.`,
    shipped: (units) => `${units.figure} versandt`,
    allocated: (units) => `${units.figure} zugeteilt`,
    pending: (units) => `${units.figure} angehalten`,
    waits: (units) => counted(units, 'wartet', 'warten'),
    nothing: 'keines ist offen',
    bought: 'Die Position wartet auf die Lieferantenbestellung, die für sie gemacht wurde.',
    first: 'Davor wartet niemand.',
    ahead: (units) => `Davor ${plural(units, 'wartet', 'warten')} ${pieces(units)}.`,
  },
  rules: {
    none: (version) =>
      `Keine Regel des Regelsatzes ${version} galt; die Reihenfolge des Kanals hat entschieden.`,
    applied: (rules, version) =>
      plural(
        { of: rules.length },
        `Regel ${and(rules)} des Regelsatzes ${version} galt.`,
        `Die Regeln ${and(rules)} des Regelsatzes ${version} galten.`,
      ),
    apply: (rules, version) =>
      plural(
        { of: rules.length },
        `Regel ${and(rules)} des Regelsatzes ${version} gilt.`,
        `Die Regeln ${and(rules)} des Regelsatzes ${version} gelten.`,
      ),
    missed: (rules) =>
      `${and(rules)} ${plural({ of: rules.length }, 'galt', 'galten')} nicht, weil ein Wert fehlt, den die Bedingung braucht.`,
  },
  search: {
    exact: 'Die Lager wurden für die ganze Bestellung gewählt; keine andere Wahl ist besser.',
    greedy:
      'Die Lager wurden für die ganze Bestellung Schritt für Schritt gewählt; nicht jede Wahl wurde geprüft.',
  },
  had: {
    units: (warehouse, units) => `${warehouse} hatte ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} liefert jede Menge`,
    gaveNothing: 'gab nichts',
    gaveAll: 'gab sie her',
    gave: (units) => `gab ${units.figure}`,
  },
  has: {
    units: (warehouse, units) => `${warehouse} hat ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} liefert jede Menge`,
    gaveNothing: 'kann nichts geben',
    gaveAll: 'kann sie geben',
    gave: (units) => `kann ${units.figure} geben`,
  },
  asked: (had, gave, because) =>
    `${had} und ${gave}${because.length === 0 ? '' : ` (${because.join(', ')})`}.`,
  keeps: (units) => `behält ${units.figure} als Sicherheitsbestand`,
  room: (units) => `schafft heute noch ${units.figure}`,
  scores: {
    nearest: (kilometres) => `${kilometres.figure} km entfernt`,
    nearestUnknown: 'Entfernung nicht bekannt',
    cost: (cost) => `kostet ${cost} je Sendung`,
    costUnknown: 'Kosten nicht bekannt',
    fastest: (days) => counted(days, 'Tag', 'Tage'),
    fastestUnknown: 'Dauer nicht bekannt',
    place: (place) => `Platz ${place.figure} der Reihe`,
    balance: (units) => `hat heute schon ${pieces(units)} bekommen`,
    lastUnits: 'behielte nur seine letzten Stücke',
  },
  excluded: {
    rejected: (warehouse, rule) =>
      `${warehouse} hat die Position schon abgelehnt und wurde nicht wieder gefragt${rule}.`,
    only: (warehouse, rule) => `${warehouse} blieb außen vor: Andere sollen bedienen${rule}.`,
    exclude: (warehouse, rule) => `${warehouse} blieb außen vor${rule}.`,
    within_distance: (warehouse, rule) =>
      `${warehouse} blieb außen vor: zu weit entfernt, oder die Entfernung ist nicht bekannt${rule}.`,
    in_stock_in_full: (warehouse, rule) => `${warehouse} blieb außen vor: Es hat nicht alle Stücke${rule}.`,
  },
  byRule: (rule) => ` (Regel ${rule})`,
  tooFew: (warehouse) => `${warehouse} hätte der Bestellung zu wenige Stücke für eine Sendung gegeben.`,
  waitsFor: (warehouses, until) =>
    `Bis ${until} wartet die Position auf ${or(warehouses)}, statt von anderswo bedient zu werden.`,
  waits: {
    backorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'wartet', 'warten')} als Rückstand; ${ahead}.`,
    preorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'wartet', 'warten')} als Vorbestellung; ${ahead}.`,
    nobodyAhead: 'niemand war davor',
    ahead: (units) => `${pieces(units)} ${plural(units, 'war', 'waren')} davor`,
  },
  unfillable: (units, because) =>
    `${pieces(units)} ${plural(units, 'ist', 'sind')} nicht lieferbar und ${plural(units, 'darf', 'dürfen')} nicht warten${because}.`,
  since: (bar) => `: ${bar}`,
  bars: {
    preorder_not_allowed: 'das Produkt darf nicht vorbestellt werden',
    backorder_not_allowed: 'das Produkt darf nicht ohne Bestand bestellt werden',
    backorder_window_closed: 'Rückstände des Produkts werden nicht mehr angenommen',
    limit_per_order: 'die Grenze je Bestellung ist erreicht',
    limit_per_customer: 'die Grenze je Kunde ist erreicht',
    limit_per_channel: 'die Grenze des Kanals ist erreicht',
    limit_per_product: 'die Grenze des Produkts ist erreicht',
    limit_incoming: 'es darf nicht mehr warten, als unterwegs ist',
  },
  whole: 'Die Bestellung wird ganz bedient oder gar nicht.',
  onHold: 'Die Bestellung ist angehalten und bekommt nichts, bis sie freigegeben wird.',
  boughtWith: (number) => `Dafür wurde die Lieferantenbestellung ${number} gemacht.`,
  warehouse: (warehouse) => `Das Lager war ${warehouse}.`,
  reason: (reason) => `Angegebener Grund: ${reason}`,
  supply: {
    unknown: (units) => `${pieces(units)}: kein Tag bekannt, weil nichts Bestelltes dafür übrig ist.`,
    on: (units, day, from) =>
      `${pieces(units)} ${plural(units, 'kann', 'können')} am ${day} versandt werden, ${from}.`,
    stock: 'aus Bestand',
    purchaseOrder: (number) => `aus Lieferantenbestellung ${number}`,
    sure: (percent) => `, zu ${percent.figure} % sicher`,
    release: 'zur Veröffentlichung',
    leadTime: 'wenn heute bestellt wird',
  },
};
