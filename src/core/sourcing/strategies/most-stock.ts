/** Most stock: the warehouse with the most free units first. Unmanaged stock is as much as anyone can want. */
import { MAX_QUANTITY } from '../../kernel/quantity.ts';
import type { Score } from '../scoring.ts';

export const mostStock: Score = ({ free }) => MAX_QUANTITY - (free === 'unlimited' ? MAX_QUANTITY : free);
