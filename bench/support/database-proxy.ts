/**
 * A stretch of cable between a node and its PostgreSQL that can be damaged: cut, reset, frozen so that nothing more comes
 * through and nothing is closed, slowed down, or cut exactly when the answer to a commit is on its way.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One direction of a link: bytes come out in the order in which they went in, however long each is on its way. */
class Lane {
  readonly #to: Socket;
  readonly #onTheirWay: { readonly data: Buffer; readonly dueAt: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(to: Socket) {
    this.#to = to;
  }

  send(data: Buffer, delayMs: number): void {
    if (delayMs === 0 && this.#onTheirWay.length === 0) {
      this.#to.write(data);
      return;
    }
    this.#onTheirWay.push({ data, dueAt: performance.now() + delayMs });
    this.#timer ??= setTimeout(() => this.#deliver(), delayMs);
  }

  #deliver(): void {
    this.#timer = undefined;
    while (this.#onTheirWay.length > 0) {
      const [next] = this.#onTheirWay;
      if (next === undefined) return;
      const stillMs = next.dueAt - performance.now();
      if (stillMs > 0) {
        this.#timer = setTimeout(() => this.#deliver(), stillMs);
        return;
      }
      this.#onTheirWay.shift();
      if (this.#to.writable) this.#to.write(next.data);
    }
  }
}

interface Link {
  readonly node: Socket;
  readonly database: Socket;
  readonly toNode: Lane;
  readonly toDatabase: Lane;
  /** A commit was forwarded whose answer is to be lost. */
  loses: boolean;
}

export class DatabaseProxy {
  /** What a node is given as the address of its database. */
  readonly url: string;
  /** passing: all is well · refusing: no connection lives · frozen: nothing comes through, in either direction. */
  #state: 'passing' | 'refusing' | 'frozen' = 'passing';
  #delayMs = 0;
  #commitsToLose = 0;
  #refusesThen = false;
  #lost = 0;
  readonly #links = new Set<Link>();
  readonly #server: Server;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** @param databaseUrl of a PostgreSQL behind a socket, or a port */
  static async start(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    const folder = url.searchParams.get('host');
    const port = Number(url.port === '' ? 5432 : url.port);
    const target = folder === null ? { host: url.hostname, port } : { path: `${folder}/.s.PGSQL.${port}` };
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new DatabaseProxy(server, url.toString());
    server.on('connection', (node) => proxy.#join(node, connect(target)));
    return proxy;
  }

  /** Answers to commits that were lost. */
  get lost(): number {
    return this.#lost;
  }

  /** All is well again; what was frozen is cut, since what was swallowed is missing. */
  heal(): void {
    const wasFrozen = this.#state === 'frozen';
    this.#state = 'passing';
    this.#delayMs = 0;
    this.#commitsToLose = 0;
    if (wasFrozen) this.cut();
  }

  /** Ends every connection there is. @param how with a reset instead of an end */
  cut(how: 'end' | 'reset' = 'end'): void {
    for (const link of this.#links) this.#end(link, how);
  }

  /** Ends every connection and takes no more. */
  refuse(): void {
    this.#state = 'refusing';
    this.cut();
  }

  freeze(): void {
    this.#state = 'frozen';
  }

  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** The answers to the next commits are lost. @param then whether no connection can be made from then on */
  loseCommits(count: number, then: 'passing' | 'refusing' = 'passing'): void {
    this.#commitsToLose = count;
    this.#refusesThen = then === 'refusing';
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #join(node: Socket, database: Socket): void {
    const lanes = { toNode: new Lane(node), toDatabase: new Lane(database) };
    const link: Link = { node, database, ...lanes, loses: false };
    this.#links.add(link);
    for (const socket of [node, database]) {
      socket.on('error', () => this.#end(link));
      socket.on('close', () => this.#end(link));
    }
    node.on('data', (data) => this.#fromNode(link, data));
    database.on('data', (data) => this.#fromDatabase(link, data));
    if (this.#state === 'refusing') this.#end(link);
  }

  #fromNode(link: Link, data: Buffer): void {
    if (this.#commitsToLose > 0 && data.includes('commit\0')) {
      this.#commitsToLose -= 1;
      link.loses = true;
    }
    this.#forward(link.toDatabase, data);
  }

  #fromDatabase(link: Link, data: Buffer): void {
    if (link.loses && data.includes('COMMIT\0')) {
      this.#lost += 1;
      if (this.#refusesThen) this.refuse();
      else this.#end(link);
    } else this.#forward(link.toNode, data);
  }

  #forward(lane: Lane, data: Buffer): void {
    if (this.#state !== 'frozen') lane.send(data, this.#delayMs);
  }

  #end(link: Link, how: 'end' | 'reset' = 'end'): void {
    if (!this.#links.delete(link)) return;
    if (how === 'reset') link.node.resetAndDestroy();
    else link.node.destroy();
    link.database.destroy();
  }
}
