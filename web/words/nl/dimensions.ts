/** What each dimension means, in Dutch. */
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';

export const DIMENSIONS: Readonly<Record<DimensionId, string>> = {
  status: 'Status van de regel.',
  kind: 'Of de regel als nabestelling of als voorbestelling wacht of zou wachten.',
  channel: 'Code van het verkoopkanaal.',
  warehouse: 'Code van het magazijn waar de voorraad ligt of moet aankomen.',
  product: 'SKU van het product.',
  supplier: 'Code van de leverancier die het eerst om het product wordt gevraagd, of die gevraagd is.',
  customer_group: 'Groep van de klant.',
  country: 'Land waarheen de bestelling gaat.',
  priority: 'Voorrang van de regel.',
  currency: 'Valuta van het verkoopkanaal.',
  age: 'Dagen die een wachtende regel heeft gewacht: 0–3, 4–7, 8–14, 15–21, 22–30, 31–45, 46 en meer.',
  cause: 'Wat de wijziging heeft veroorzaakt.',
  document: 'Het document of de handeling achter de wijziging, zoals een ontvangst.',
  rule: 'Regels die voor de wijziging golden.',
  refusal_code: 'Waarom er geweigerd is.',
  placed: 'Dag waarop de bestelling is geplaatst of geprobeerd.',
  filled: 'Dag waarop een wachtende regel zijn laatste stuk kreeg.',
  changed: 'Dag waarop het gebeurde.',
  sent: 'Dag waarop de inkooporder is gestuurd.',
  expected: 'Dag waarop de regel van de inkooporder het eerst werd verwacht.',
};
