/** What en/order.ts says, in Dutch. */
import type { Words } from '../en/en.ts';
import { counted, plural } from './grammar.ts';

export const ORDER: Words['order'] = {
  order: (number) => `Bestelling ${number}`,
  of: (customer, channel) => `${customer}, ${channel}`,
  items: 'Regels',
  line: 'Regel',
  promise: 'Toezegging',
  from: 'Uit',
  why: 'Waarom',
  explain: (line) => `Waarom regel ${line} zo staat`,
  events: 'Wat er gebeurde',
  hold: 'Vasthouden',
  lift: 'Vrijgeven',
  giveBack: 'Ook teruggeven wat ze heeft',
  holdEffect: (allocated, isGivenBack) =>
    `Tot de vrijgave wordt niets verzonden en niets meer toegewezen. ${
      isGivenBack
        ? `${counted(allocated, 'toegewezen stuk gaat', 'toegewezen stuks gaan')} naar wachtenden.`
        : `Ze houdt ${counted(allocated, 'toegewezen stuk', 'toegewezen stuks')}.`
    }`,
  cancel: 'Annuleren wat nog kan',
  cancelTitle: 'De bestelling annuleren?',
  cancelEffect: (units, free) =>
    `${counted(units, 'stuk wordt', 'stuks worden')} geannuleerd; ${free.figure} daarvan ${plural(free, 'heeft', 'hebben')} voorraad, die naar wachtenden gaat.`,
  keep: 'De bestelling houden',
  held: 'De bestelling wordt vastgehouden en krijgt niets tot ze wordt vrijgegeven.',
  heldBecause: (reason) => `Vastgehouden: ${reason}`,
  done: {
    changed: 'Gewijzigd',
    shipped: 'Verzonden',
    rejected: 'Teruggenomen; andere magazijnen worden gevraagd',
    held: 'Vastgehouden',
    lifted: 'Vrijgegeven',
    cancelled: 'Geannuleerd',
    priority: 'Voorrang is gezet',
  },
  priority: 'Voorrang',
  priorityHelp: 'Hoger gaat eerst; 0 is gewoon',
  priorityEffect: 'De wachtende regels schuiven in hun rijen; niemand verliest wat hij heeft.',
  set: 'Zetten',
  notKnown: 'Niet bekend: niets besteld',
  noPromise: 'Er wacht niets',
  sure: (percent) => `${percent} % zeker`,
  first: (day) => `eerst toegezegd ${day}`,
  sources: {
    stock: 'uit voorraad',
    purchase_order: 'uit inkooporder',
    release: 'bij de verschijning',
    lead_time: 'naar levertijd',
    unknown: 'niet bekend',
  },
  close: 'Sluiten',
  shipments: 'Zendingen',
  change: 'Aantallen wijzigen',
  now: 'Nu',
  wanted: 'Gewenst',
  wantedOf: (line) => `Gewenst in regel ${line}`,
  changeEffect: (freed, more) =>
    `Geeft ${counted(freed, 'stuk', 'stuks')} vrij voor wachtenden; vraagt er ${more} meer.`,
  ship: 'Verzenden',
  shipEffect: (units, items, warehouse) =>
    `${counted(units, 'stuk', 'stuks')} van ${counted(items, 'regel', 'regels')} ${plural(units, 'verlaat', 'verlaten')} ${warehouse} en zijn boeken.`,
  reference: 'Kenmerk',
  referenceHelp: 'Van de zending; twee keer gestuurd werkt het één keer',
  tracking: 'Volgnummer van de zending',
  reject: 'Door een magazijn geweigerd',
  rejectEffect: (units, warehouse) =>
    `${counted(units, 'stuk wordt', 'stuks worden')} weggenomen bij ${warehouse}, dat voor deze regels niet opnieuw wordt gevraagd; de andere wel.`,
  reason: 'Reden',
  told: (day) => `De klant kreeg ${day} te horen`,
  toldUnknown: 'De klant kreeg te horen dat er geen dag bekend is',
  holdReason: 'Vanuit het dashboard',
};

export const EVENTS: Words['events'] = {
  ordered: 'besteld',
  line: (line) => `Regel ${line}`,
  causes: {
    placed: 'geplaatst',
    filled: 'kreeg voorraad',
    changed: 'gewijzigd',
    cancelled: 'geannuleerd',
    held: 'vastgehouden',
    lifted: 'vrijgegeven',
    taken_back: 'voorraad teruggenomen',
    short_picked: 'niet gevonden in het magazijn',
    rejected: 'geweigerd door het magazijn',
    prioritized: 'voorrang gewijzigd',
    acknowledged: 'bevestigd',
    picked: 'verzameld',
    shipped: 'verzonden',
  },
};
