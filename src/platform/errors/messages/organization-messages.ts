import type { Message } from './message.js';

export const ORGANIZATION_MESSAGES = {
  // Organizations and keys
  DUPLICATE_IDENTIFIER: {
    status: 409,
    en: 'The identifier {identifier} belongs to another organization.',
    vi: 'Mã định danh {identifier} thuộc về một tổ chức khác.',
  },
  IDENTIFIER_CONFIRMED: {
    status: 409,
    en: 'The identifier {identifier} is confirmed, so your list must keep it. The steward can remove it.',
    vi: 'Mã định danh {identifier} đã được xác nhận nên phải có trong danh sách của bạn. Bên điều phối có thể gỡ bỏ mã này.',
  },
  IDENTIFIER_ALREADY_CONFIRMED: {
    status: 409,
    en: 'The identifier {identifier} of this organization is confirmed already.',
    vi: 'Mã định danh {identifier} của tổ chức này đã được xác nhận.',
  },
  IDENTIFIER_HAS_HISTORY: {
    status: 409,
    en: 'Imported agreements were attached by the identifier {identifier}. Merge the two records instead.',
    vi: 'Các thỏa thuận đã nhập được gắn theo mã định danh {identifier}. Hãy gộp hai hồ sơ thay vì gỡ mã.',
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
  GRANTEE_ALREADY_INVITED: {
    status: 409,
    en: 'You have invited this group before, and its link was shown then. Send replaceLink: true for a new link.',
    vi: 'Bạn đã mời nhóm này trước đây và đường dẫn đã được hiển thị khi đó. Hãy gửi replaceLink: true để có đường dẫn mới.',
  },
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
