/** All rows of a paged list, page after page. */
interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}
interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** Rows of one page: the most that the API gives. */
const PAGE_ROWS = 200;

export async function* rowsOf<Row>(read: (page: PageQuery) => Promise<Page<Row>>): AsyncGenerator<Row> {
  let page = await read({ limit: PAGE_ROWS });
  for (;;) {
    yield* page.rows;
    if (page.nextCursor === null) return;
    page = await read({ limit: PAGE_ROWS, cursor: page.nextCursor });
  }
}
