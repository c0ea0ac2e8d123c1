/**
 * What a condition may look at: the facts of an order and one of its items, member by member. One table says what there is:
 * the types that conditions are checked with, the words of an error, and what a page's builder offers all come from it.
 */
import { frozen } from '../kernel/frozen.ts';

export interface OrderFacts {
  readonly order: {
    readonly number: string;
    readonly priority: number;
    /** Minor units. */
    readonly value: number;
    readonly units: number;
    /** How many items it has. */
    readonly items: number;
    readonly weightGrams?: number;
    readonly shipping: string;
  };
  readonly channel: { readonly code: string; readonly currency: string; readonly timeZone: string };
  readonly customer: { readonly reference?: string; readonly guest: boolean; readonly group?: string };
  readonly shipTo: {
    readonly country?: string | undefined;
    readonly postcode?: string | undefined;
    readonly latitude?: number | undefined;
    readonly longitude?: number | undefined;
  };
}

export interface ProductFacts {
  readonly sku: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly weightGrams?: number;
}

export interface ItemFacts {
  readonly item: {
    readonly line: number;
    readonly quantity: number;
    /** Minor units. */
    readonly unitPrice: number;
    readonly value: number;
    /** It waits already, and is looked at again. */
    readonly waiting: boolean;
    readonly kind: string;
  };
  readonly product: ProductFacts;
}

export const FACT_TYPES = frozen(['int', 'double', 'string', 'bool', 'list<string>']);
export type FactType = (typeof FACT_TYPES)[number];

export interface Fact {
  readonly type: FactType;
  /** The order may not have it: a condition that needs it is false then. */
  readonly mayBeMissing: boolean;
  readonly description: string;
}

function fact(type: FactType, description: string, mayBeMissing = false): Fact {
  return { type, description, mayBeMissing };
}

type Members<Group> = { readonly [Member in keyof Group]-?: Fact };
type AllFacts = OrderFacts & ItemFacts;

export const FACTS: { readonly [Name in keyof AllFacts]: Members<AllFacts[Name]> } = frozen({
  order: {
    number: fact('string', "the channel's order number"),
    priority: fact('int', 'higher is served first; 0 is the usual one'),
    value: fact('int', 'in minor units (cents)'),
    units: fact('int', 'units of all items'),
    items: fact('int', 'how many items it has'),
    weightGrams: fact('int', 'when the weight of every product is known', true),
    shipping: fact('string', 'partial or complete'),
  },
  item: {
    line: fact('int', 'its number in the order'),
    quantity: fact('int', 'units wanted'),
    unitPrice: fact('int', 'in minor units (cents)'),
    value: fact('int', 'quantity times unit price'),
    waiting: fact('bool', 'it waits already'),
    kind: fact('string', 'as what it waits: backorder or preorder'),
  },
  product: {
    sku: fact('string', 'the SKU'),
    name: fact('string', 'the name'),
    tags: fact('list<string>', 'words such as fragile'),
    weightGrams: fact('int', 'of one unit', true),
  },
  channel: {
    code: fact('string', 'of the sales channel'),
    currency: fact('string', 'such as EUR'),
    timeZone: fact('string', 'such as Europe/Amsterdam'),
  },
  customer: {
    reference: fact('string', "the channel's own; a guest has none", true),
    guest: fact('bool', 'no customer is known'),
    group: fact('string', 'such as trade', true),
  },
  shipTo: {
    country: fact('string', 'such as NL', true),
    postcode: fact('string', 'the postcode', true),
    latitude: fact('double', 'in degrees', true),
    longitude: fact('double', 'in degrees', true),
  },
});

/** Variables that differ from item to item of an order. */
const ITEM_VARIABLES: readonly string[] = frozen(['item', 'product'] satisfies (keyof ItemFacts)[]);

export function differsByItem(variable: string): boolean {
  return ITEM_VARIABLES.includes(variable);
}
