/** Conditions: what they answer, what is refused when they are saved, and that nothing makes them throw or hang. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CelFacts, celItemFacts, celOrderFacts, checkCondition, compileCondition } from './condition.ts';
import type { ItemFacts, OrderFacts } from './condition-facts.ts';

const ORDER: OrderFacts = {
  order: { number: 'A-1', priority: 0, value: 12_000, units: 3, items: 2, shipping: 'partial' },
  channel: { code: 'web', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
  customer: { guest: true },
  shipTo: { country: 'DE', latitude: 52.5 },
};
const ITEM: ItemFacts = {
  item: { line: 1, quantity: 2, unitPrice: 4_000, value: 8_000, waiting: false, kind: 'backorder' },
  product: { sku: 'LAMP', name: 'Lamp', tags: ['fragile'], weightGrams: 900 },
};
const FACTS: CelFacts = celItemFacts(celOrderFacts(ORDER), ITEM);

function answerTo(text: string): string {
  const compiled = compileCondition(text);
  return compiled.ok ? compiled.condition.evaluate(FACTS) : `refused: ${compiled.problem.message}`;
}

describe('a condition', () => {
  it.each([
    ['shipTo.country == "DE"', 'true'],
    ['shipTo.country in ["NL", "BE"]', 'false'],
    ['order.value > 10000 && item.quantity >= 2', 'true'],
    ['"fragile" in product.tags', 'true'],
    ['product.tags.exists(t, t.startsWith("fra"))', 'true'],
    ['product.weightGrams <= 500 || item.waiting', 'false'],
    ['shipTo.latitude > 50.0', 'true'],
    ['customer.group == "trade"', 'missing'],
    ['has(customer.group) && customer.group == "trade"', 'false'],
    ['customer.group == "trade" || customer.guest', 'true'],
    ['customer.group == "trade" && order.units > 100', 'false'],
    ['order.units / (order.items - 2) > 0', 'missing'],
    ['order.value > -1 && order.value - 13000 == -1000', 'true'],
    ['order.value * 9223372036854775807 > 0', 'missing'],
    ['((order.units > 1) && (item.quantity > 2)) && !(item.waiting)', 'false'],
    ['((order.units > 1) && (item.quantity > 1)) && !(item.waiting)', 'true'],
    ['(order.units + 1) * 2 > 4 && shipTo["country"] == "DE"', 'true'],
    ['!(order.units > 1 && item.waiting) && (true)', 'true'],
    ['(customer.group == "trade" || order.units == 3) && (order.items == 2)', 'true'],
  ])('%s is %s', (text, answer) => {
    expect(answerTo(text)).toBe(answer);
  });

  it.each([
    ['order.number.matches("(a+)+$")', 'matches'],
    ['matches(order.number, "a")', 'matches'],
    ['shipTo.contry == "DE"', 'There is no shipTo.contry; shipTo has country, latitude, longitude, postcode'],
    ['ordr.units > 1', 'there are order, item, product, channel, customer, shipTo'],
    ['order.units', 'true or false'],
    ['order.units > "many"', ''],
    ['order.value > 9223372036854775808', 'between -9223372036854775808 and 9223372036854775807'],
    ['-order.value < 0', 'write 0 - …'],
    ['int(shipTo.postcode) > 5000', 'accepted: has, size, double, string'],
    ['customer.group.lowerAscii() == "trade"', 'no lowerAscii()'],
    ['order.units >', 'ends too early'],
    ['{"a": 1}["a"] == 1', 'Maps'],
    ['product.tags.all(a, product.tags.all(b, a == b))', 'loop inside a loop'],
    [`${'true && '.repeat(150)}true`, ''],
    [`order.number == "${'x'.repeat(4_100)}"`, 'at most 4096 bytes'],
  ])('%s is refused when it is saved', (text, message) => {
    expect(answerTo(text)).toContain('refused');
    expect(answerTo(text)).toContain(message);
  });

  it('says where it is wrong, and whether it looks at the item', () => {
    expect(compileCondition('order.units > 1 &&\n  shipTo.contry == "DE"')).toMatchObject({
      ok: false,
      problem: { line: 2, column: 10, offset: 28 },
    });
    expect(compileCondition('order.units > 1')).toMatchObject({ condition: { perItem: false } });
    expect(compileCondition('item.quantity > 1')).toMatchObject({
      condition: { perItem: true, looksAtWaiting: false },
    });
    expect(compileCondition('!item.waiting')).toMatchObject({ condition: { looksAtWaiting: true } });
  });

  it('never throws, whatever is written', () => {
    const words = [
      'order',
      '.',
      'units',
      'item',
      '(',
      ')',
      '[',
      ']',
      '"',
      '&&',
      '==',
      '1',
      '-',
      '?',
      ':',
      'has',
      '\0',
    ];
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(['true', 'false', 'missing', 'refused']).toContain(answerTo(text).split(':')[0]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('numbers beyond what a decimal point can tell apart', () => {
  it.each(['9007199254740993.0', '-9007199254740993.0', '1e16', '9.1e300', '1e308'])(
    '%s is refused when it is saved',
    (number) => {
      expect(checkCondition(`double(order.value) > ${number}`)).toMatchObject({
        ok: false,
        problem: { offset: expect.any(Number) },
      });
      // a rule of an earlier version goes on
      expect(compileCondition(`double(order.value) > ${number}`).ok).toBe(true);
    },
  );

  it.each(['9007199254740991.0', '1e15', '-180.0'])('%s is taken', (number) => {
    expect(checkCondition(`double(order.value) > ${number}`).ok).toBe(true);
  });

  it('are compared exactly as whole numbers', () => {
    expect(answerTo('9007199254740993 == 9007199254740992')).toBe('false');
    expect(answerTo('order.value + 9007199254740992 == 9007199254752993')).toBe('false');
    expect(answerTo('order.value + 9007199254740992 == 9007199254752992')).toBe('true');
    expect(checkCondition('order.value < 9007199254740993').ok).toBe(true);
  });
});
