/** How English counts and lists. */
import { grammarOf } from '../grammar.ts';

export const { plural, counted, and, or } = grammarOf('en-GB');
