/** A real SMTP server that keeps what it is given: mails as they came, and their attachments. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually.ts';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** Head and body, as they were sent. */
  readonly source: string;
}

export interface Mailbox {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** While set, mail is refused with this. */
  refuse(reason: string | undefined): void;
  /** The mail that came as so many-th, counted from 1. */
  mail(count: number): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  let refused: string | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_, __, callback) => callback(refused === undefined ? null : new Error(refused)),
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, source: Buffer.concat(parts).toString('utf8') });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(reason) {
      refused = reason;
    },
    mail: async (count) => await eventually(`mail ${count}`, async () => mails[count - 1]),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The only attachment of a mail. */
export function attachmentOf({ source }: ReceivedMail): { readonly name: string; readonly content: Buffer } {
  const name = /filename="?([^"\r\n;]+)"?/.exec(source)?.[1];
  const part = source.slice(source.indexOf('filename'));
  const begin = part.indexOf('\r\n\r\n');
  const content = part.slice(begin, part.indexOf('\r\n--', begin));
  if (name === undefined || begin < 0) throw new Error(`a mail without a file:\n${source}`);
  return { name, content: Buffer.from(content, 'base64') };
}
