import type { Parameters } from '../errors/fill-sentence.js';
import type { NoticeCode } from './notice-messages.js';

/** Told beside what was done. What concerns many things is one notice that says how many: an answer holds a handful. */
export type Notice = PlainNotice | SubmissionDiffers;
export const MOST_NOTICES = 10;

interface NoticePlace {
  /** Where in the input, as field names and list positions. */
  readonly path?: readonly string[];
}

export interface PlainNotice extends NoticePlace {
  readonly code: Exclude<NoticeCode, SubmissionDiffers['code']>;
  /** Fills the message. */
  readonly parameters?: Parameters;
}

/** The first submission was kept. */
export interface SubmissionDiffers extends NoticePlace {
  readonly code: 'SUBMISSION_DIFFERS';
  readonly existingId: string;
  readonly version: number;
}

export function submissionDiffers(path: string, existingId: string, version: number): SubmissionDiffers {
  return { code: 'SUBMISSION_DIFFERS', path: [path], existingId, version };
}
