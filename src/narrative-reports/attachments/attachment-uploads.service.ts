import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Multipart } from '@fastify/multipart';
import type { Actor } from '../../platform/access/actor.js';
import { parseId } from '../../platform/api/ids.js';
import { normalizeText, textProblem } from '../../platform/api/text.rules.js';
import { Refusal, invalidValue, notFound, refuse } from '../../platform/errors/refusal.js';
import type { UploadedAttachment } from './attachment.type.js';
import { MOST_FILE_BYTES } from './received-file.js';
import type { ReceivedFile } from './received-file.js';
import { ReportAttachments } from './report-attachments.service.js';

/** The part of a request that an upload needs. */
export interface UploadRequest {
  readonly headers: IncomingHttpHeaders;
  readonly raw: { setTimeout(milliseconds: number, expired: () => void): unknown; destroy(): unknown };
  isMultipart(): boolean;
  parts(options: object): AsyncIterable<Multipart>;
}

/** What surrounds the file in the body: headers of the parts, and small fields. */
const MOST_SURROUNDING_BYTES = 64 * 1024;
const LIMITS = { fileSize: MOST_FILE_BYTES + 1, files: 1, fields: 4, fieldSize: 100, parts: 5 };
/** A sender that has gone silent for that long is gone. */
const SILENT_MS = 120_000;

interface Form {
  file?: ReceivedFile;
  name: string;
  isVisible: boolean;
}

/** Reads a form with one file in it, as it comes. */
@Injectable()
export class AttachmentUploads {
  constructor(private readonly attachments: ReportAttachments) {}

  async upload(actor: Actor, id: string, request: UploadRequest): Promise<UploadedAttachment> {
    const reportId = parseId('report', id);
    if (!reportId) throw notFound('id');
    const idempotencyKey = readKey(request.headers['idempotency-key']);
    if (!request.isMultipart()) throw invalidValue(['content-type'], 'FORM_NEEDED');
    if (Number(request.headers['content-length'] ?? 0) > MOST_FILE_BYTES + MOST_SURROUNDING_BYTES) {
      throw refuse('ATTACHMENT_TOO_LARGE', { path: ['file'], parameters: { limit: MOST_FILE_BYTES } });
    }
    await this.attachments.expectRoom(actor, reportId);
    const { file, name, isVisible } = await this.read(request);
    if (!file) throw refuse('REQUIRED', { path: ['file'] });
    return this.attachments.attach(actor, { reportId, name, isVisible, idempotencyKey }, file);
  }

  private async read(request: UploadRequest): Promise<Form> {
    const form: Form = { name: '', isVisible: true };
    request.raw.setTimeout(SILENT_MS, () => request.raw.destroy());
    try {
      for await (const part of request.parts({ limits: LIMITS, throwFileSizeLimit: false })) {
        if (part.type === 'file') {
          form.name = part.filename ?? '';
          form.file = await this.attachments.receive(part.file);
        } else if (part.fieldname === 'isVisible') form.isVisible = readBoolean(part.value);
      }
      return form;
    } catch (error) {
      if (form.file) await this.attachments.forget(form.file);
      throw formError(error);
    }
  }
}

/** What the parser says of a form is about the form: it has no errors of ours. */
function formError(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code === 'FST_FILES_LIMIT') return invalidValue(['file'], 'ONE_FILE_AT_A_TIME');
  if (code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT') return invalidValue(['body'], 'TOO_MANY_FORM_FIELDS');
  if (code === 'FST_MP_PREMATURE_CLOSE' || /terminated early|unexpected end|aborted/i.test(message)) {
    return refuse('UPLOAD_INCOMPLETE');
  }
  return code?.startsWith('FST_') || /multipart|boundary|malformed|header/i.test(message)
    ? refuse('BAD_REQUEST')
    : error;
}

function readBoolean(value: unknown): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw invalidValue(['isVisible'], 'NOT_A_BOOLEAN', { field: 'isVisible' });
}

function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = normalizeText(String(header));
  const problem = textProblem(key, { min: 1, max: 200 });
  if (!problem) return key;
  const { code, ...parameters } = problem;
  throw refuse(code, { path: ['idempotency-key'], parameters: parameters });
}
