/**
 * The 400 products of the demo: ten categories of ten models in four finishes, each sold in one of four ways. What
 * sells in which way is drawn from the seed: most are in stock and may be backordered, some are sold out, some come
 * out later, some may never wait. Release days count from the day of the run, so that they still lie ahead.
 */
import type { CallInput } from '../../contract/call.ts';
import type { Chance } from './random.ts';

type ProductBody = NonNullable<CallInput<'putProduct'>['body']>;
export type PolicyBody = NonNullable<CallInput<'putChannelPolicy'>['body']>;

export type Selling = 'stocked' | 'sold_out' | 'before_release' | 'strict';

export interface DemoProduct {
  readonly sku: string;
  readonly body: ProductBody;
  readonly selling: Selling;
  /** Minor units. */
  readonly price: number;
  readonly channelPolicies: readonly { readonly channel: string; readonly policy: PolicyBody }[];
}

interface Category {
  readonly code: string;
  readonly finishes: readonly [string, string, string, string];
  readonly models: readonly string[];
  /** Usual price, minor units. */
  readonly price: number;
  /** Usual weight of one. */
  readonly grams: number;
  readonly tags?: readonly string[];
}

const COLOURS: Category['finishes'] = ['black', 'white', 'red', 'sage green'];
const SIZES: Category['finishes'] = ['small', 'medium', 'large', 'extra large'];

const CATEGORIES: readonly Category[] = [
  {
    code: 'KIT',
    price: 4_500,
    grams: 1_900,
    tags: ['fragile'],
    finishes: COLOURS,
    models: [
      'Espresso maker',
      'Kettle',
      'Toaster',
      'Stand mixer',
      'Hand blender',
      'Kitchen scale',
      'Bread bin',
      'Salad bowl',
      'Knife block',
      'Cast iron pan',
    ],
  },
  {
    code: 'BIKE',
    price: 6_900,
    grams: 800,
    finishes: COLOURS,
    models: [
      'Cycle helmet',
      'Pannier bag',
      'Floor pump',
      'Chain lock',
      'Front light',
      'Rear light',
      'Saddle',
      'Bell',
      'Mudguard set',
      'Child seat',
    ],
  },
  {
    code: 'AUD',
    price: 12_900,
    grams: 1_200,
    finishes: COLOURS,
    models: [
      'Headphones',
      'Earbuds',
      'Bookshelf speaker',
      'Kitchen radio',
      'Turntable',
      'Soundbar',
      'Party speaker',
      'Microphone',
      'Record cleaner',
      'Alarm radio',
    ],
  },
  {
    code: 'OUT',
    price: 8_900,
    grams: 2_600,
    finishes: SIZES,
    models: [
      'Rain jacket',
      'Fleece',
      'Hiking boots',
      'Rucksack',
      'Sleeping bag',
      'Down vest',
      'Trekking trousers',
      'Gaiters',
      'Base layer',
      'Wool socks',
    ],
  },
  {
    code: 'TOY',
    price: 2_900,
    grams: 600,
    finishes: ['owl', 'fox', 'bear', 'hare'],
    models: [
      'Wooden puzzle',
      'Soft toy',
      'Night light',
      'Balance board',
      'Stacking cups',
      'Music box',
      'Kite',
      'Hand puppet',
      'Memory game',
      'Bath toy',
    ],
  },
  {
    code: 'GAR',
    price: 3_900,
    grams: 7_500,
    tags: ['bulky'],
    finishes: SIZES,
    models: [
      'Plant pot',
      'Watering can',
      'Raised bed',
      'Pruning shears',
      'Garden gloves',
      'Hose reel',
      'Bird feeder',
      'Bee hotel',
      'Fire bowl',
      'Parasol',
    ],
  },
  {
    code: 'LMP',
    price: 7_900,
    grams: 2_200,
    tags: ['fragile'],
    finishes: ['brass', 'chrome', 'oak', 'linen'],
    models: [
      'Desk lamp',
      'Floor lamp',
      'Pendant lamp',
      'Wall lamp',
      'Reading lamp',
      'Bedside lamp',
      'Table lamp',
      'Clamp lamp',
      'Spotlight',
      'Lantern',
    ],
  },
  {
    code: 'TEX',
    price: 3_400,
    grams: 900,
    finishes: ['indigo', 'mustard', 'natural', 'terracotta'],
    models: [
      'Bath towel',
      'Duvet cover',
      'Cushion',
      'Tea towel set',
      'Blanket',
      'Curtain',
      'Table cloth',
      'Apron',
      'Bath mat',
      'Throw',
    ],
  },
  {
    code: 'OFF',
    price: 1_900,
    grams: 1_500,
    finishes: COLOURS,
    models: [
      'Notebook',
      'Fountain pen',
      'Desk pad',
      'Pencil case',
      'Monitor stand',
      'Letter tray',
      'Planner',
      'Cable box',
      'Laptop sleeve',
      'Footrest',
    ],
  },
  {
    code: 'GAM',
    price: 5_900,
    grams: 1_100,
    finishes: ['English', 'German', 'Dutch', 'collector edition'],
    models: [
      'Harbour Masters',
      'Salt and Silk',
      'The Long Dike',
      'Lantern Street',
      'Nine Mills',
      'Polder',
      'Trade Winds',
      'Moorland',
      'Tide Clock',
      'Paper Kingdom',
    ],
  },
];

/** Of 100 products, how many are sold in each way; the rest is stocked. */
const SOLD_OUT = 14;
const BEFORE_RELEASE = 8;
const STRICT = 18;

const NO_LIMITS = {};
const TIGHT = { perOrder: 6, perCustomer: 6, perChannel: 60, perProduct: 120 };
const WIDE = { perCustomer: 12, perProduct: 300 };

const DAY_MS = 86_400_000;

/** The day so many days after `today`, 'YYYY-MM-DD'. */
function dayAfter(today: number, days: number): string {
  return new Date(today + days * DAY_MS).toISOString().slice(0, 10);
}

function sellingOf(draw: number): Selling {
  if (draw < SOLD_OUT) return 'sold_out';
  if (draw < SOLD_OUT + BEFORE_RELEASE) return 'before_release';
  return draw < SOLD_OUT + BEFORE_RELEASE + STRICT ? 'strict' : 'stocked';
}

function policyOf(selling: Selling, chance: Chance, today: number): PolicyBody {
  switch (selling) {
    case 'strict':
      return {};
    case 'stocked':
      return { backorder: { allowed: true, limits: chance.happens(0.25) ? WIDE : NO_LIMITS } };
    case 'sold_out': {
      const until = chance.happens(0.2) ? dayAfter(today, chance.whole(20, 60)) : null;
      return { backorder: { allowed: true, until, limits: chance.happens(0.5) ? TIGHT : NO_LIMITS } };
    }
    case 'before_release': {
      const day = dayAfter(today, chance.whole(4, 40));
      const release = chance.happens(0.5)
        ? { at: day, timeZone: 'Europe/Amsterdam' }
        : { at: `${day}T09:00`, timeZone: 'Europe/London' };
      const limits = chance.happens(0.5) ? { perCustomer: 4, perProduct: 160 } : NO_LIMITS;
      return { backorder: { allowed: true }, preorder: { allowed: true, limits }, release };
    }
  }
}

/** A few products are sold by other rules on one channel. */
function channelPoliciesOf(selling: Selling, chance: Chance): DemoProduct['channelPolicies'] {
  if (selling === 'stocked' && chance.happens(0.05)) {
    return [{ channel: 'trade-uk', policy: { backorder: { allowed: true, limits: { perOrder: 24 } } } }];
  }
  if (selling === 'strict' && chance.happens(0.1)) {
    return [{ channel: 'trade-uk', policy: { backorder: { allowed: true } } }];
  }
  return [];
}

/** @param today an instant on the day of the run */
export function makeAssortment(chance: Chance, today: number): DemoProduct[] {
  return CATEGORIES.flatMap(({ code, finishes, models, price, grams, tags = [] }) =>
    models.flatMap((model, row) =>
      finishes.map((finish, column): DemoProduct => {
        const selling = sellingOf(chance.whole(0, 99));
        return {
          sku: `${code}-${String((row + 1) * 10 + column + 1).padStart(3, '0')}`,
          body: {
            name: `${model}, ${finish}`,
            tags: [...tags],
            weightGrams: Math.round((grams * (row + 5)) / 1_000) * 100,
            policy: policyOf(selling, chance, today),
          },
          selling,
          price: Math.round((price * (0.5 + chance.fraction())) / 100) * 100 - 5,
          channelPolicies: channelPoliciesOf(selling, chance),
        };
      }),
    ),
  );
}
