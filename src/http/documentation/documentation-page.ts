/**
 * The page to browse the API: one page, made from the contract table, readable without scripts. Every operation has
 * its address, its fields with their bounds, and the refusals it may answer with; every refusal has its status.
 */
import { z } from 'zod';
import { type Operation, TAGS } from '../../contract/operation.ts';
import { OPERATIONS } from '../../contract/operations.ts';
import { STATUS_OF } from '../problem.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly words: string;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function typeOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'integer') return `whole number ${schema.minimum ?? ''} … ${schema.maximum ?? ''}`;
  return schema.format ?? String(schema.type ?? 'any');
}

/** The fields of a schema, members of members after a dot, members of lists after []. */
function fieldsOf(schema: Schema, prefix = ''): Field[] {
  if (schema.items !== undefined) return fieldsOf(schema.items, `${prefix}[]`);
  const object = schema.anyOf?.find((each) => each.properties !== undefined) ?? schema;
  return Object.entries(object.properties ?? {}).flatMap(([name, value]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const standard = value.default === undefined ? '' : `Default ${JSON.stringify(value.default)}`;
    const most = value.maxItems === undefined ? '' : `At most ${value.maxItems}`;
    const field: Field = {
      name: path,
      type: typeOf(value),
      required: object.required?.includes(name) ?? false,
      words: [value.description ?? '', standard, most].filter((each) => each !== '').join('. '),
    };
    return [field, ...fieldsOf(value, path)];
  });
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
}

function fieldTable(id: string, caption: string, schema: Schema): string {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return '';
  const rows = fields.map(
    ({ name, type, required, words }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(type)}</td>` +
      `<td>${required ? 'required' : ''}</td><td>${escapeHtml(words)}</td></tr>`,
  );
  return `<div class="scroll" role="region" aria-label="${id}: ${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Needed</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function operationSection(id: string, operation: Operation): string {
  const { method, path, summary, refusals, status } = operation;
  const refused = ['invalid_request', ...refusals].map((code) => `<a href="#${code}">${code}</a>`);
  return `<details id="${id}"><summary><span class="method ${method.toLowerCase()}">${method}</span>
<code>${escapeHtml(path)}</code> <span class="words">${escapeHtml(summary)}</span></summary>
${fieldTable(id, 'Path', jsonSchema(operation.params, 'input'))}
${fieldTable(id, 'Query', jsonSchema(operation.query, 'input'))}
${method === 'GET' ? '' : fieldTable(id, 'Body', jsonSchema(operation.body, 'input'))}
${fieldTable(id, `Answer, ${status}`, jsonSchema(operation.answer, 'output'))}
<p>Refusals: ${refused.join(', ')}</p></details>`;
}

function tagSection(tag: string): string {
  const sections = Object.entries<Operation>(OPERATIONS)
    .filter(([, operation]) => operation.tag === tag)
    .map(([id, operation]) => operationSection(id, operation));
  return `<section aria-labelledby="tag-${tag}"><h2 id="tag-${tag}">${tag}</h2>${sections.join('\n')}</section>`;
}

function refusalSection(): string {
  const rows = Object.entries(STATUS_OF).map(
    ([code, status]) => `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td></tr>`,
  );
  return `<section aria-labelledby="refusals"><h2 id="refusals">Refusals</h2>
<p>Every refusal is <code>application/problem+json</code> with a stable <code>code</code>, a <code>detail</code> for
people, and the details a program needs.</p>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

export function documentationPage(): string {
  const links = [...TAGS.map((tag) => [`tag-${tag}`, tag]), ['refusals', 'Refusals']];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allot API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs.css"></head>
<body><header><h1>Allot API</h1><p>Backorders and pre-orders that keep their promise. The machine-readable form is
<a href="/openapi.json">openapi.json</a>. Every change may carry an <code>Idempotency-Key</code> header: the same key
with the same request has one effect and one answer, with another request it is refused.</p>
<nav aria-label="Sections">${links.map(([id, words]) => `<a href="#${id}">${words}</a>`).join(' ')}</nav></header>
<main>${TAGS.map(tagSection).join('\n')}${refusalSection()}</main></body></html>`;
}

export const STYLE = `:root{color-scheme:light dark;--ink:#1c2024;--soft:#5b6470;--line:#d9dde3;--ground:#fff;--raised:#f6f7f9;--accent:#0f5fb3;
--get:#14532d;--post:#7a4a00;--put:#5540b3;--delete:#a3241c}
@media (prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#a7b0bb;--line:#343b44;--ground:#14171a;--raised:#1c2126;--accent:#7db7f5;
--get:#6fd3ac;--post:#f0a83c;--put:#b7aaf5;--delete:#f58f88}}
*{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--ink);
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:1.75rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}p{max-width:46rem}a{color:var(--accent)}
code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace}nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;background:var(--raised);padding:0 .75rem}
details[open]{padding-bottom:.75rem}summary{padding:.6rem 0;cursor:pointer;overflow-wrap:anywhere}.words{color:var(--soft)}
.method{display:inline-block;min-width:4rem;font-weight:700}.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.delete{color:var(--delete)}
.scroll{overflow-x:auto}.scroll table{min-width:40rem}table{border-collapse:collapse;width:100%;margin:.5rem 0;background:var(--ground)}
caption{text-align:left;font-weight:600;padding:.25rem 0}th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:600}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}tr:target{background:var(--raised)}`;
