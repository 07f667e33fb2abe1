import type { LoaderDefinition } from '../../platform/api/loader.js';
import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import { partyOf } from '../shares/report-shares.store.js';
import type { ReportAttachmentRow, ShareAttachmentRow } from './attachment.entity.js';
import {
  ATTACHMENTS_BY_ID,
  ATTACHMENTS_BY_REPORT,
  SHARE_ATTACHMENTS_BY_ID,
  SHARE_ATTACHMENTS_BY_SHARE,
} from './attachments.store.js';

/** Attachments are their grantee's, copies of them a funder's too; no other database role could even ask. */
function forRoles<V>(roles: readonly string[], loader: LoaderDefinition<string, V>): LoaderDefinition<string, V> {
  return {
    ...loader,
    load: (context, ids) =>
      roles.includes(partyOf(context.actor) ?? '') ? loader.load(context, ids) : Promise.resolve(ids.map(() => null)),
  };
}
const GRANTEE = ['GRANTEE'];
const PARTIES = ['FUNDER', 'GRANTEE'];

export const attachmentById = forRoles(
  GRANTEE,
  loadByKey<ReportAttachmentRow>('attachmentById', ATTACHMENTS_BY_ID, 'id'),
);
/** Also those that only an older version has. */
export const attachmentsByReport = forRoles(
  GRANTEE,
  loadManyByKey<ReportAttachmentRow>('attachmentsByReport', ATTACHMENTS_BY_REPORT, 'reportId'),
);
export const shareAttachmentById = forRoles(
  PARTIES,
  loadByKey<ShareAttachmentRow>('shareAttachmentById', SHARE_ATTACHMENTS_BY_ID, 'id'),
);
export const attachmentsByShare = forRoles(
  PARTIES,
  loadManyByKey<ShareAttachmentRow>('attachmentsByShare', SHARE_ATTACHMENTS_BY_SHARE, 'shareId'),
);
