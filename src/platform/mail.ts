/** Sends mail by SMTP (nodemailer), which is loaded when the first one is sent. */
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface Mail {
  /** The same for each try of the same mail, so that a repeat can be told. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly file?: { readonly name: string; readonly type: string; readonly content: Readable };
}

export interface MailConfig {
  /** smtp://user:password@host:587, or smtps:// */
  readonly url: string;
  readonly from: string;
}

export type Mailer = (mail: Mail) => Promise<void>;

const TIMEOUT_MS = 30_000;

export function mailerFor({ url, from }: MailConfig): Mailer {
  return async ({ id, to, subject, text, file }) => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    try {
      await transport.sendMail({
        messageId: `<${id}@allot>`,
        from,
        to: [...to],
        subject,
        text,
        ...(file && {
          attachments: [{ filename: file.name, contentType: file.type, content: await buffer(file.content) }],
        }),
      });
    } finally {
      transport.close();
    }
  };
}
