/** GET /v1/reports/file: a custom report as CSV or XLSX, sent while it is written. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readForFile } from '../app/reports/report-sheet.ts';
import { reportText } from '../contract/reports/report-definition.ts';
import { word } from '../contract/values.ts';
import { sheetFile } from '../platform/sheet-file.ts';
import type { HttpContext } from './acts/context.ts';
import { problem, problemOf } from './problem.ts';
import { sendProblem } from './routes.ts';

const asked = z.strictObject({
  report: reportText,
  format: z.enum(['csv', 'xlsx']),
  name: word(/^[\p{L}\p{N} ._-]{1,100}$/u, 'letters, digits, spaces, dots and dashes').default('report'),
});

export function addReportFiles(server: FastifyInstance, { reports }: HttpContext): void {
  server.get('/v1/reports/file', async (request, reply) => {
    const query = asked.safeParse(request.query);
    if (!query.success) {
      const [issue] = query.error.issues;
      const where = issue === undefined ? '' : `query ${issue.path.join('.')}: ${issue.message}`;
      return await sendProblem(reply, problem('invalid_request', `The request is not valid. ${where}`));
    }
    const read = await readForFile(reports, query.data, (listener) => reply.raw.once('close', listener));
    if (!read.ok) return await sendProblem(reply, problemOf(read.refusal));
    const file = sheetFile(query.data.name, read.value);
    return await reply
      .header('content-type', file.type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(file.content);
  });
}
