/** What src/words/en/explanation.ts says, in Dutch. */
import type { ExplanationWords } from '../../../src/words/explain.ts';
import type { Count } from '../../../src/words/grammar.ts';
import { and, counted, or, plural } from './grammar.ts';

const pieces = (count: Count) => counted(count, 'stuk', 'stuks');

export const EXPLANATION: ExplanationWords = {
  quoted: (name) => `"${name}"`,
  named: (name, code) => `${name} (${code})`,
  standing: {
    head: (wanted, parts) => `Van ${wanted.figure} gewenste: ${parts.join(', ')}.`,
    shipped: (units) => `${units.figure} verzonden`,
    allocated: (units) => `${units.figure} toegewezen`,
    pending: (units) => `${units.figure} vastgehouden`,
    waits: (units) => counted(units, 'wacht', 'wachten'),
    nothing: 'er staat niets open',
    bought: 'De regel wacht op de inkooporder die ervoor is gemaakt.',
    first: 'Er staat niemand voor.',
    ahead: (units) => `Er ${plural(units, 'staat', 'staan')} ${pieces(units)} voor.`,
  },
  rules: {
    none: (version) => `Geen regel van regelset ${version} gold; de volgorde van het kanaal besliste.`,
    applied: (rules, version) =>
      plural(
        { of: rules.length },
        `Regel ${and(rules)} van regelset ${version} gold.`,
        `De regels ${and(rules)} van regelset ${version} golden.`,
      ),
    apply: (rules, version) =>
      plural(
        { of: rules.length },
        `Regel ${and(rules)} van regelset ${version} geldt.`,
        `De regels ${and(rules)} van regelset ${version} gelden.`,
      ),
    missed: (rules) =>
      `${and(rules)} ${plural({ of: rules.length }, 'gold', 'golden')} niet, omdat een waarde ontbreekt die de voorwaarde nodig heeft.`,
  },
  search: {
    exact: 'De magazijnen zijn voor de hele bestelling gekozen; geen andere keuze is beter.',
    greedy:
      'De magazijnen zijn stap voor stap voor de hele bestelling gekozen; niet elke keuze is geprobeerd.',
  },
  had: {
    units: (warehouse, units) => `${warehouse} had er ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} levert elk aantal`,
    gaveNothing: 'gaf niets',
    gaveAll: 'gaf ze allemaal',
    gave: (units) => `gaf er ${units.figure}`,
  },
  has: {
    units: (warehouse, units) => `${warehouse} heeft er ${units.figure}`,
    unlimited: (warehouse) => `${warehouse} levert elk aantal`,
    gaveNothing: 'kan niets geven',
    gaveAll: 'kan ze allemaal geven',
    gave: (units) => `kan er ${units.figure} geven`,
  },
  asked: (had, gave, because) =>
    `${had} en ${gave}${because.length === 0 ? '' : ` (${because.join(', ')})`}.`,
  keeps: (units) => `houdt ${units.figure} als veiligheidsvoorraad`,
  room: (units) => `kan er vandaag nog ${units.figure} aan`,
  scores: {
    nearest: (kilometres) => `${kilometres.figure} km ver`,
    nearestUnknown: 'afstand niet bekend',
    cost: (cost) => `kost ${cost} per zending`,
    costUnknown: 'kosten niet bekend',
    fastest: (days) => counted(days, 'dag', 'dagen'),
    fastestUnknown: 'tijd niet bekend',
    place: (place) => `plaats ${place.figure} in de lijst`,
    balance: (units) => `kreeg vandaag al ${pieces(units)}`,
    lastUnits: 'zou alleen zijn laatste stuks overhouden',
  },
  excluded: {
    rejected: (warehouse, rule) =>
      `${warehouse} heeft de regel al geweigerd en is niet opnieuw gevraagd${rule}.`,
    only: (warehouse, rule) => `${warehouse} bleef buiten beschouwing: andere moeten bedienen${rule}.`,
    exclude: (warehouse, rule) => `${warehouse} bleef buiten beschouwing${rule}.`,
    within_distance: (warehouse, rule) =>
      `${warehouse} bleef buiten beschouwing: te ver weg, of de afstand is niet bekend${rule}.`,
    in_stock_in_full: (warehouse, rule) =>
      `${warehouse} bleef buiten beschouwing: het heeft niet alle stuks${rule}.`,
  },
  byRule: (rule) => ` (regel ${rule})`,
  tooFew: (warehouse) => `${warehouse} zou de bestelling te weinig stuks voor een zending hebben gegeven.`,
  waitsFor: (warehouses, until) =>
    `Tot ${until} wacht de regel op ${or(warehouses)}, in plaats van ergens anders vandaan te komen.`,
  waits: {
    backorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'wacht', 'wachten')} als nabestelling; ${ahead}.`,
    preorder: (units, ahead) =>
      `${pieces(units)} ${plural(units, 'wacht', 'wachten')} als voorbestelling; ${ahead}.`,
    nobodyAhead: 'er stond niemand voor',
    ahead: (units) => `er ${plural(units, 'stond', 'stonden')} ${pieces(units)} voor`,
  },
  unfillable: (units, because) =>
    `${pieces(units)} ${plural(units, 'kan', 'kunnen')} niet worden geleverd en ${plural(units, 'mag', 'mogen')} niet wachten${because}.`,
  since: (bar) => `: ${bar}`,
  bars: {
    preorder_not_allowed: 'het product mag niet worden voorbesteld',
    backorder_not_allowed: 'het product mag niet zonder voorraad worden besteld',
    backorder_window_closed: 'nabestellingen van het product worden niet meer aangenomen',
    limit_per_order: 'de grens per bestelling is bereikt',
    limit_per_customer: 'de grens per klant is bereikt',
    limit_per_channel: 'de grens van het kanaal is bereikt',
    limit_per_product: 'de grens van het product is bereikt',
    limit_incoming: 'er mag niet meer wachten dan er onderweg is',
  },
  whole: 'De bestelling wordt in haar geheel bediend of niet.',
  onHold: 'De bestelling wordt vastgehouden en krijgt niets tot ze wordt vrijgegeven.',
  boughtWith: (number) => `Hiervoor is inkooporder ${number} gemaakt.`,
  warehouse: (warehouse) => `Het magazijn was ${warehouse}.`,
  reason: (reason) => `Opgegeven reden: ${reason}`,
  supply: {
    unknown: (units) =>
      `${pieces(units)}: geen dag bekend, omdat van wat besteld is niets voor deze regel over is.`,
    on: (units, day, from) =>
      `${pieces(units)} ${plural(units, 'kan', 'kunnen')} op ${day} worden verzonden, ${from}.`,
    stock: 'uit voorraad',
    purchaseOrder: (number) => `uit inkooporder ${number}`,
    sure: (percent) => `, ${percent.figure} % zeker`,
    release: 'bij de verschijning',
    leadTime: 'als er vandaag besteld wordt',
  },
};
