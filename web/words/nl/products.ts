/** What en/products.ts says, in Dutch. */
import type { Words } from '../en/en.ts';
import { counted } from './grammar.ts';

export const PRODUCTS: Words['products'] = {
  title: 'Producten',
  search: 'SKU of naam zoeken',
  empty: 'Geen product past. Voeg er een toe, of importeer een bestand.',
  name: 'Naam',
  queue: 'Wie wacht',
  more: 'Wat mag wachten, en het boek',
  add: 'Product toevoegen',
  made: (sku) => `${sku} is er; zeg wat ervan mag wachten`,
  waits: 'Wachtende stuks',
  incoming: 'Onderweg',
  noStock: 'Nog geen voorraad. Boek wat in.',
  stockOf: (sku) => `Voorraad van ${sku}`,
  availability: 'Wat een bestelling van één stuk nu zou krijgen',
  inStock: 'Op voorraad',
  later: 'Later',
  refused: 'Geweigerd',
  ledger: 'Boek',
  moved: 'Bewogen',
  balance: 'Stand',
  document: 'Document',
  when: 'Wanneer',
  forecast: (release, preordered, total) =>
    `Verschijnt ${release}: tot nu ${preordered} voorbesteld, tegen die tijd zo'n ${total}.`,
  interval: (low, high, launches) => `Tussen ${low} en ${high}, naar ${launches} eerdere.`,
  noInterval: 'Te weinig eerdere om te zeggen hoe zeker dat is.',
};

export const POLICY: Words['policy'] = {
  title: 'Wat mag wachten',
  help: 'Uitzetten laat staan wat al wacht; grenzen tellen wat openstaat.',
  backorder: 'Nabestellingen',
  backorderAllowed: 'Mag zonder voorraad worden besteld',
  until: 'Laatste dag waarop ze worden aangenomen',
  preorder: 'Voorbestellingen',
  preorderAllowed: 'Mag voor de verschijning worden besteld',
  limits: {
    perOrder: 'Per bestelling',
    perCustomer: 'Per klant',
    perChannel: 'Per kanaal',
    perProduct: 'In totaal',
  },
  unlimited: 'geen grens',
  upToIncoming: 'Niet meer dan er onderweg is',
  release: 'Verschijning',
  releaseTime: 'Tijd van verschijning',
  timeZone: 'Tijdzone',
  save: 'Bewaren',
  saved: 'Bewaard; het geldt voor bestellingen vanaf nu',
  onChannels: 'Anders op een kanaal',
  of: (channel) => `Op ${channel}`,
  addFor: 'Voor een kanaal toevoegen',
  add: 'Toevoegen',
  remove: 'Verwijderen',
  removed: (channel) => `Op ${channel} geldt weer wat voor het product geldt`,
};

export const INVENTORY: Words['inventory'] = {
  title: 'Voorraad',
  warehouse: 'Magazijn',
  onHand: 'Aanwezig',
  allocated: 'Toegewezen',
  available: 'Beschikbaar',
  empty: 'Geen voorraad past. Boek wat in, of importeer een bestand.',
  kinds: {
    receive: 'ontvangen',
    return: 'teruggekomen',
    adjust: 'verbeterd',
    count: 'door een telling',
    damage: 'afgeschreven',
    transfer_out: 'verplaatst, weg',
    transfer_in: 'verplaatst, hierheen',
    ship: 'verzonden',
    short_pick: 'niet gevonden',
  },
};

export const STOCK: Words['stock'] = {
  act: 'Voorraad wijzigen',
  acts: {
    receive: 'Ontvangen',
    count: 'Tellen',
    adjust: 'Verbeteren',
    transfer: 'Naar een ander magazijn',
    damage: 'Afschrijven',
    return: 'Retour aannemen',
  },
  help: {
    receive: 'Wat wordt ontvangen gaat naar wachtenden, de eerste in de rij eerst.',
    count: 'Aanwezig wordt wat is geteld. Onder wat is toegewezen wachten de laatsten in de rij opnieuw.',
    adjust:
      'Meer of minder, met een reden. Ontbreekt er toegewezen voorraad, dan wachten de laatsten opnieuw.',
    transfer: 'Vrije stuks verhuizen; toegewezen stuks blijven.',
    damage:
      'Haalt stuks uit de boeken, met een reden. Ontbreekt er toegewezen voorraad, dan wachten de laatsten opnieuw.',
    return: 'Wat terugkwam gaat naar wachtenden, de eerste in de rij eerst.',
  },
  done: {
    receive: 'Ontvangen; wachtenden worden bediend',
    count: 'Geteld',
    adjust: 'Verbeterd',
    transfer: 'Verplaatst',
    damage: 'Afgeschreven',
    return: 'Teruggenomen; wachtenden worden bediend',
  },
  from: 'Van',
  to: 'Naar',
  sku: (line) => `SKU ${line}`,
  units: (line) => `Stuks ${line}`,
  counted: (line) => `Geteld ${line}`,
  effect: (now, after) => `${now} → ${after} aanwezig`,
  waits: (units) => counted(units, 'wacht', 'wachten'),
  addLine: 'Regel toevoegen',
  removeLine: (line) => `Regel ${line} verwijderen`,
};
