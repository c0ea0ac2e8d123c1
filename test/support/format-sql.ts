/**
 * SQL laid out to be read: what fits on a line stays on it; what does not is broken at its clauses, then at
 * its commas and conditions, and what stands in parentheses is indented. Names are without quotes where they
 * need none.
 */
const WIDTH = 110;

/** A word, or what stands in parentheses. */
type Part = string | readonly Part[];

/** A text, a name or number, what is written in several signs, any other sign. */
const TOKENS =
  /'(?:[^']|'')*'|(?:\w+\.)?(?:"[^"]+"|[\w$]+|(?<=\.)\*)|(?<=(?:[(,=<>]|select|then|else)\s*)-\d+|::|<>|<=|>=|<<|\|\||->>|->|\S/g;
const NEEDS_QUOTES = new Set(['all', 'order', 'limit', 'group']);

function tokensOf(text: string): string[] {
  const unquoted = text.replaceAll(/"([a-z_][a-z0-9_]*)"/g, (quoted, name: string) =>
    NEEDS_QUOTES.has(name) ? quoted : name,
  );
  return unquoted.match(TOKENS) ?? [];
}

function partsOf(tokens: string[]): Part[] {
  const parts: Part[] = [];
  for (let token = tokens.shift(); token !== undefined && token !== ')'; token = tokens.shift()) {
    parts.push(token === '(' ? partsOf(tokens) : token);
  }
  return parts;
}

const WITHOUT_SPACE_BEFORE = new Set([',', '::', ';', ']']);
const WITHOUT_SPACE_AFTER = new Set(['::', '[']);
const WORDS_BEFORE_PARENTHESES =
  /^(as|in|on|and|or|not|where|from|join|by|when|then|else|using|over|materialized|select|filter|sets|values|any|with|exists|lateral|union|between|,|[^\w"']+)$/;

function flat(parts: readonly Part[]): string {
  let text = '';
  let before: Part | undefined;
  for (const part of parts) {
    const isTight =
      before === undefined ||
      (typeof part === 'string' && WITHOUT_SPACE_BEFORE.has(part)) ||
      (typeof before === 'string' && WITHOUT_SPACE_AFTER.has(before)) ||
      (typeof part !== 'string' && typeof before === 'string' && !WORDS_BEFORE_PARENTHESES.test(before));
    text += `${isTight ? '' : ' '}${typeof part === 'string' ? part : `(${flat(part)})`}`;
    before = part;
  }
  return text;
}

const CLAUSES = /^(with|select|from|where|group|having|order|limit|union|join|left|full|cross)$/;
/** What a clause does not begin after: it has begun, or is none. */
const GOES_ON = /^(left|full|cross|within|all)$/;

/** Cut where a part begins something new; what is cut off begins with it. */
function cut(parts: readonly Part[], begins: (part: Part, before: Part | undefined) => boolean): Part[][] {
  const pieces: Part[][] = [[]];
  parts.forEach((part, index) => {
    if (index > 0 && begins(part, parts[index - 1])) pieces.push([]);
    pieces.at(-1)?.push(part);
  });
  return pieces;
}

function clausesOf(parts: readonly Part[]): Part[][] {
  return cut(
    parts,
    (part, before) =>
      typeof part === 'string' && CLAUSES.test(part) && !(typeof before === 'string' && GOES_ON.test(before)),
  );
}

function isBroken(pieces: readonly Part[][]): boolean {
  return pieces.length > 1;
}

/** The lines of some parts, none of them indented. */
function lines(parts: readonly Part[], width: number): string[] {
  if (flat(parts).length <= width) return [flat(parts)];
  const clauses = clausesOf(parts);
  if (isBroken(clauses)) return clauses.flatMap((clause) => lines(clause, width));
  const items = cut(parts, (_, before) => before === ',');
  const branches = cut(parts, (part) => part === 'when' || part === 'else');
  const conditions = cut(parts, (part) => part === 'and' || part === 'or');
  const pieces = [items, branches, conditions].find(isBroken) ?? [];
  if (!isBroken(pieces)) return opened(parts, width);
  return pieces.flatMap((piece, index) => {
    const broken = lines(piece, width - 2);
    return index === 0 ? broken : broken.map((line) => `  ${line}`);
  });
}

/** With the longest parentheses on lines of their own. */
function opened(parts: readonly Part[], width: number): string[] {
  const groups = parts.filter((part): part is readonly Part[] => typeof part !== 'string');
  const longest = groups.toSorted((a, b) => flat(b).length - flat(a).length)[0];
  if (longest === undefined) return [flat(parts)];
  const at = parts.indexOf(longest);
  const [head, tail] = [flat([...parts.slice(0, at), '(']), flat([')', ...parts.slice(at + 1)])];
  return [head, ...lines(longest, width - 2).map((line) => `  ${line}`), tail];
}

export function formatSql(text: string): string {
  return `${lines(partsOf(tokensOf(text)), WIDTH).join('\n')}\n`;
}
