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
    en: 'A fiscal sponsor is a registered grantee, named exactly when the legal form is `FISCALLY_SPONSORED`.',
    vi: 'Tổ chức bảo trợ tài chính phải là bên nhận tài trợ đã đăng ký, và chỉ nêu khi hình thức pháp lý là được bảo trợ tài chính (`FISCALLY_SPONSORED`).',
  },
  TIME_ZONE_NEEDED: {
    status: 422,
    en: 'In the country `{country}` clocks show several times. Say the IANA time zone of the group, such as America/Sao_Paulo.',
    vi: 'Ở quốc gia `{country}` có nhiều múi giờ. Hãy cho biết múi giờ IANA của nhóm, ví dụ America/Sao_Paulo.',
  },
  INVALID_EMAIL: {
    status: 422,
    en: 'This is not an e-mail address, such as name@example.org.',
    vi: 'Đây không phải là địa chỉ thư điện tử, ví dụ ten@example.org.',
  },
  INVALID_PHONE: {
    status: 422,
    en: 'This is not a phone number of 3 to 15 digits, such as +84 912 000 111.',
    vi: 'Đây không phải là số điện thoại có 3 đến 15 chữ số, ví dụ +84 912 000 111.',
  },
  GRANTEE_KEY_NEEDED: {
    status: 403,
    en: 'The legal form and the place of a grantee are changed with a key of the grantee itself.',
    vi: 'Hình thức pháp lý và địa điểm của bên nhận tài trợ được thay đổi bằng khóa của chính tổ chức đó.',
  },
  INFORMAL_GROUP_INCOMPLETE: {
    status: 422,
    en: 'An informal group needs a place and a contact.',
    vi: 'Nhóm không chính thức cần có địa điểm và thông tin liên hệ.',
  },
  SPONSOR_MUST_BE_REGISTERED: {
    status: 409,
    en: 'This organization is the fiscal sponsor of others, so it must stay registered. They name another sponsor first.',
    vi: 'Tổ chức này đang bảo trợ tài chính cho tổ chức khác nên phải giữ tư cách đã đăng ký. Các tổ chức đó cần chọn bên bảo trợ khác trước.',
  },
  INCOMPLETE_ORGANIZATION: { status: 422, en: '{why}', vi: '{why}' },
  MERGE_REFUSED: { status: 409, en: 'These two cannot be merged: {why}.', vi: 'Không thể gộp hai tổ chức này: {why}.' },
  KEY_NEEDS_ORGANIZATION: {
    status: 422,
    en: 'A key with the role {role} belongs to an organization of that kind.',
    vi: 'Khóa có vai trò {role} phải thuộc về một tổ chức loại đó.',
  },
  KEY_ALREADY_REVOKED: { status: 409, en: 'This key is revoked already.', vi: 'Khóa này đã bị thu hồi.' },
  KEY_MUST_BE_ROTATED: {
    status: 403,
    en: 'Somebody else was shown this key when it was made. Call `rotateApiKey` with this key, keep the new key that the call answers, and use the new key from then on.',
    vi: 'Người khác đã thấy khóa này khi khóa được tạo. Hãy gọi `rotateApiKey` bằng khóa này, giữ lấy khóa mới trong câu trả lời và dùng khóa mới từ đó về sau.',
  },
  KEY_ALREADY_ROTATED: {
    status: 401,
    en: 'This key was replaced by another key at {rotatedAt}. If you did not do that, somebody else who has this key did: have that other key revoked, and ask for a claim link.',
    vi: 'Khóa này đã được thay bằng khóa khác vào lúc {rotatedAt}. Nếu không phải bạn làm, thì người khác có khóa này đã làm: hãy yêu cầu thu hồi khóa kia và xin một liên kết nhận khóa.',
  },
  KEY_IN_LAST_DAY: {
    status: 403,
    en: 'This key was replaced and is in its last day. Use the key that took its place for this.',
    vi: 'Khóa này đã được thay thế và đang ở ngày cuối cùng. Hãy dùng khóa thay thế cho việc này.',
  },
  INVALID_SECRET_DIGEST: {
    status: 422,
    en: 'A secret digest is a SHA-256 in lower-case hexadecimal, 64 digits.',
    vi: 'Mã băm của bí mật là SHA-256 viết bằng số thập lục phân chữ thường, gồm 64 ký tự.',
  },
  SECRET_DIGEST_OF_ANOTHER: {
    status: 422,
    en: 'Nobody chooses the secret of a key for an organization. Leave out `secretDigest`, or hand over a claim link.',
    vi: 'Không ai được chọn bí mật cho khóa của một tổ chức. Hãy bỏ `secretDigest`, hoặc gửi một liên kết nhận khóa.',
  },
  CLAIM_LINK_NEEDS_GRANTEE: {
    status: 422,
    en: 'A claim link gives the key of a grantee, so the organization must be a grantee.',
    vi: 'Liên kết nhận khóa cấp khóa của bên nhận tài trợ, nên tổ chức phải là bên nhận tài trợ.',
  },
  CLAIM_STANDS_ALONE: {
    status: 403,
    en: 'A claim with an idempotency key can be sent again until the key that it gave is used, so nothing else is done in the same call. Send this in a call of its own, with the new key.',
    vi: 'Việc nhận khóa kèm `idempotencyKey` có thể được gửi lại cho đến khi khóa được dùng, nên trong cùng lần gọi không làm thêm việc gì khác. Hãy gửi việc này trong một lần gọi riêng, bằng khóa mới.',
  },
  INVITATION_ALREADY_CLAIMED: {
    status: 409,
    en: 'Somebody has used this claim link already, and has the key that it gives. The same claim is answered again for a day, with its idempotency key, and only until that key is used. If that was not you, tell the steward to revoke that key and ask for a new link.',
    vi: 'Đã có người dùng liên kết này và giữ khóa mà liên kết cấp. Cùng việc nhận khóa đó được trả lời lại trong một ngày, với `idempotencyKey` của nó, và chỉ cho đến khi khóa được dùng. Nếu không phải bạn, hãy báo bên điều phối thu hồi khóa đó và xin liên kết mới.',
  },
  INVITATION_EXPIRED: {
    status: 410,
    en: 'This claim link has expired. Ask whoever sent it for a new one.',
    vi: 'Liên kết này đã hết hạn. Hãy xin người gửi một liên kết mới.',
  },
} satisfies Record<string, Message>;
