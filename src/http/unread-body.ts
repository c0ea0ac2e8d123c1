/**
 * A request that is answered before its body was read, such as one that is too large. Were the connection closed at once,
 * the client would see a broken pipe and not the answer; were all of it read, it could keep us busy for as long as
 * it likes. So what comes is read and thrown away for a moment, and up to an amount.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

const MOST_BYTES = 16 * 1_048_576;
const LONGEST_MS = 5_000;

export function drainBody({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  // kept open, or the answer would be cut off by what still comes
  reply.removeHeader('connection');
  const { socket } = raw;
  const close = () => socket.destroy();
  const late = setTimeout(close, LONGEST_MS);
  let bytes = 0;
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) close();
  });
  raw.once('close', () => clearTimeout(late));
  raw.resume();
}
