/** Requests as bytes, with whatever Host, Origin and type a caller may claim: what fetch does not let one send. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** @param bytes a whole request, or what is none; the server has to end the connection */
export function sendBytes(address: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const connection = connect(Number(port), hostname, () => connection.write(bytes));
    function finish(): void {
      connection.destroy();
      resolve(parsed(Buffer.concat(parts).toString()));
    }
    connection.on('data', (part: Buffer) => {
      parts.push(part);
      // a stream has no end: its head is the answer
      if (part.includes('content-type: text/event-stream')) finish();
    });
    connection.on('error', reject);
    connection.on('end', finish);
  });
}

function parsed(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  };
}

/** One request on a connection of its own; Host is that of the address unless it is given. */
export function sendRaw(
  address: string,
  { method, path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const all = {
    host: new URL(address).host,
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendBytes(address, `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
}
