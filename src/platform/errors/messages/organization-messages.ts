import type { Message } from './message.js';

export const ORGANIZATION_MESSAGES = {
  // Organizations and keys
  DUPLICATE_IDENTIFIER: {
    status: 409,
    en: 'The identifier {identifier} belongs to another organization.',
    vi: 'Mã định danh {identifier} thuộc về một tổ chức khác.',
  },
  INVALID_IDENTIFIER: {
    status: 422,
    en: 'An identifier has a scheme such as GB-CHC and a value such as 1153055.',
    vi: 'Mã định danh gồm hệ thống (ví dụ GB-CHC) và giá trị (ví dụ 1153055).',
  },
  FISCAL_SPONSOR_INVALID: {
    status: 422,
    en: 'A fiscal sponsor is a registered grantee, named exactly when the legal form is FISCALLY_SPONSORED.',
    vi: 'Tổ chức bảo trợ tài chính phải là bên nhận tài trợ đã đăng ký, và chỉ nêu khi hình thức pháp lý là FISCALLY_SPONSORED.',
  },
  INCOMPLETE_ORGANIZATION: { status: 422, en: '{why}', vi: '{why}' },
  MERGE_REFUSED: { status: 409, en: 'These two cannot be merged: {why}.', vi: 'Không thể gộp hai tổ chức này: {why}.' },
  KEY_NEEDS_ORGANIZATION: {
    status: 422,
    en: 'A {role} key belongs to an organization of that kind.',
    vi: 'Khóa {role} phải thuộc về một tổ chức loại đó.',
  },
  KEY_ALREADY_REVOKED: { status: 409, en: 'This key is revoked already.', vi: 'Khóa này đã bị thu hồi.' },
  INVITATION_ALREADY_CLAIMED: {
    status: 409,
    en: 'This invitation was claimed already.',
    vi: 'Lời mời này đã được nhận.',
  },
  INVITATION_EXPIRED: {
    status: 410,
    en: 'This invitation has expired. Ask the funder for a new one.',
    vi: 'Lời mời này đã hết hạn. Hãy xin bên tài trợ lời mời mới.',
  },
} satisfies Record<string, Message>;
