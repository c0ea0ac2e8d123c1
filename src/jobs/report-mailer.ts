/**
 * Mails reports that are due, and alarms of figures that went beyond their threshold. Whoever takes one has five minutes;
 * then another node tries. A mail may so be sent twice, with the same id, but none is forgotten.
 */
import type { Logger } from 'pino';
import type { ReportDesk } from '../app/reports/report-desk.ts';
import { lookAt, readForFile } from '../app/reports/report-sheet.ts';
import type { AlarmTerms, ScheduleTerms } from '../app/reports/saved-reports.ts';
import type { ReportDefinition } from '../contract/reports/report-definition.ts';
import type { Database } from '../db/database.ts';
import { type Claimed, claimDue, type Done, endClaim, failClaim, type Mailing } from '../db/saved-reports.ts';
import type { Mailer } from '../platform/mail.ts';
import { sheetFile } from '../platform/sheet-file.ts';

interface Post {
  readonly db: Database;
  readonly desk: ReportDesk;
  readonly mailer: Mailer;
  readonly logger: Logger;
}

/** Most mails of one look. */
const MAX_MAILS = 100;

/** Time between two looks when nobody rings, in milliseconds. */
const LOOK_EVERY_MS = 30_000;

/** Looks for what is due, one look at a time: regularly, and when it is rung for. */
export class ReportMailer {
  readonly #post: Post;
  #looks: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(post: Post) {
    this.#post = post;
  }

  start(): void {
    this.#timer = setInterval(() => this.ring(), LOOK_EVERY_MS);
  }

  ring(): void {
    this.#looks = this.#looks
      .then(() => mailDueReports(this.#post))
      .catch((error: unknown) => {
        this.#post.logger.error({ err: error }, 'what is to be mailed could not be read; it is tried again');
      });
  }

  /** Ends after the mail that is being sent. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looks;
  }
}

async function mailDueReports(post: Post): Promise<void> {
  await mailAll(post, 'schedule', (claimed) => mailReport(post, claimed));
  await mailAll(post, 'alarm', (claimed) => mailAlarm(post, claimed));
}

async function mailAll(
  { db, logger }: Post,
  mailing: Mailing,
  send: (claimed: Claimed) => Promise<Done>,
): Promise<void> {
  for (let sent = 0; sent < MAX_MAILS; sent++) {
    const claimed = await claimDue(db, mailing);
    if (claimed === undefined) return;
    try {
      await endClaim(db, mailing, {
        report: claimed.code,
        claim: claimed.claim,
        ...(await send(claimed)),
      });
    } catch (error) {
      logger.error({ err: error, report: claimed.code }, 'a report could not be mailed; it is tried again');
      const said = error instanceof Error ? error.message : String(error);
      await failClaim(db, mailing, { report: claimed.code, error: said });
    }
  }
}

/** A file name of the name of a report. */
function fileNameOf({ name }: Claimed): string {
  return name.replaceAll(/[^\p{L}\p{N} ._-]/gu, ' ').trim() || 'report';
}

async function mailReport({ desk, mailer }: Post, claimed: Claimed): Promise<Done> {
  const { format, to } = claimed.terms as ScheduleTerms;
  const report = claimed.definition as ReportDefinition;
  const read = await readForFile(desk, { report, format });
  if (!read.ok) throw new Error(read.refusal.message);
  await mailer({
    id: `report.${claimed.code}.${claimed.dueAt}`,
    to,
    subject: claimed.name,
    text: `The report "${claimed.name}" is attached.\n`,
    file: sheetFile(fileNameOf(claimed), read.value),
  });
  return { sent: true, ringing: false };
}

async function mailAlarm({ desk, mailer }: Post, claimed: Claimed): Promise<Done> {
  const { measure, when, threshold, to } = claimed.terms as AlarmTerms;
  const looked = await lookAt(desk, claimed.definition as ReportDefinition, { measure, when, threshold });
  if (!looked.ok) throw new Error(looked.refusal.message);
  const { figure, isBeyond } = looked.value;
  if (!isBeyond || claimed.ringing) return { sent: false, ringing: isBeyond };
  await mailer({
    id: `alarm.${claimed.code}.${claimed.dueAt}`,
    to,
    subject: `${claimed.name}: ${measure} is ${when} ${threshold}`,
    text: `${measure} of the report "${claimed.name}" is ${figure}, which is ${when} ${threshold}. You hear of it again when it has been back and goes ${when} once more.\n`,
  });
  return { sent: true, ringing: true };
}
