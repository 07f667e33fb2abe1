/**
 * Every code a caller can meet, with what it says. The list is closed and `Record<ErrorCode, ...>` breaks the build
 * when one is new and not said in both languages. `{name}` is filled from the refusal's parameters.
 */
export const MESSAGES = {
  // Who is calling
  UNAUTHENTICATED: {
    status: 401,
    en: 'This API key is not known, has expired or was revoked.',
    vi: 'Khóa API này không tồn tại, đã hết hạn hoặc đã bị thu hồi.',
  },
  FORBIDDEN: {
    status: 403,
    en: 'A key with the role {role} may not call {operation}.',
    vi: 'Khóa có vai trò {role} không được gọi {operation}.',
  },
  RATE_LIMITED: {
    status: 429,
    en: 'Too many requests. Try again in {seconds} seconds.',
    vi: 'Quá nhiều yêu cầu. Hãy thử lại sau {seconds} giây.',
  },
  // The request itself
  BAD_REQUEST: { status: 400, en: 'The request could not be read.', vi: 'Không đọc được yêu cầu.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    en: 'The request is larger than {limit} bytes.',
    vi: 'Yêu cầu lớn hơn {limit} byte.',
  },
  NOT_FOUND: { status: 404, en: 'Not found, or not yours.', vi: 'Không tìm thấy, hoặc không thuộc về bạn.' },
  INTERNAL_ERROR: {
    status: 500,
    en: 'Something failed on our side. Nothing was changed. Quote the request id when you ask about it.',
    vi: 'Đã có lỗi ở phía chúng tôi. Không có gì bị thay đổi. Hãy gửi kèm mã yêu cầu khi bạn hỏi về lỗi này.',
  },
  UNAVAILABLE: {
    status: 503,
    en: 'The service is not ready. Try again shortly.',
    vi: 'Dịch vụ chưa sẵn sàng. Hãy thử lại sau.',
  },
  // Input
  REQUIRED: { status: 422, en: 'A value is required.', vi: 'Cần có giá trị.' },
  INVALID_ID: {
    status: 422,
    en: 'This is not an id of the expected kind ({expected}).',
    vi: 'Đây không phải là mã đúng loại ({expected}).',
  },
  TEXT_TOO_LONG: {
    status: 422,
    en: 'The text has {actual} characters; at most {limit} are allowed.',
    vi: 'Văn bản có {actual} ký tự; tối đa là {limit}.',
  },
  TEXT_TOO_SHORT: {
    status: 422,
    en: 'The text has {actual} characters; at least {limit} are needed.',
    vi: 'Văn bản có {actual} ký tự; cần ít nhất {limit}.',
  },
  TEXT_MALFORMED: {
    status: 422,
    en: 'The text holds a NUL character or half of a surrogate pair, which cannot be stored.',
    vi: 'Văn bản chứa ký tự NUL hoặc một nửa cặp surrogate, không thể lưu.',
  },
  TOO_MANY_ITEMS: {
    status: 422,
    en: 'The list has {actual} items; at most {limit} are allowed.',
    vi: 'Danh sách có {actual} mục; tối đa là {limit}.',
  },
  TOO_FEW_ITEMS: {
    status: 422,
    en: 'The list has {actual} items; at least {limit} are needed.',
    vi: 'Danh sách có {actual} mục; cần ít nhất {limit}.',
  },
  NUMBER_OUT_OF_RANGE: {
    status: 422,
    en: 'The number must be from {least} to {most}.',
    vi: 'Số phải từ {least} đến {most}.',
  },
  INVALID_VALUE: {
    status: 422,
    en: 'This value is not accepted: {why}',
    vi: 'Giá trị này không được chấp nhận: {why}',
  },
  UNKNOWN_TIME_ZONE: {
    status: 422,
    en: 'This is not an IANA time zone, such as Asia/Ho_Chi_Minh.',
    vi: 'Đây không phải là múi giờ IANA, ví dụ Asia/Ho_Chi_Minh.',
  },
  UNKNOWN_CURRENCY: {
    status: 422,
    en: '{currency} is not a currency of ISO 4217.',
    vi: '{currency} không phải là tiền tệ theo ISO 4217.',
  },
  MONEY_TOO_PRECISE: {
    status: 422,
    en: '{currency} has {decimals} decimals; {amount} has more.',
    vi: '{currency} có {decimals} chữ số thập phân; {amount} có nhiều hơn.',
  },
  MONEY_OUT_OF_RANGE: {
    status: 422,
    en: 'The amount must be positive and below {limit}.',
    vi: 'Số tiền phải là số dương và nhỏ hơn {limit}.',
  },
  CURRENCY_MISMATCH: { status: 422, en: 'The amount must be in {expected}.', vi: 'Số tiền phải tính bằng {expected}.' },
  DATE_OUT_OF_RANGE: {
    status: 422,
    en: 'The date must be from {least} to {most}.',
    vi: 'Ngày phải từ {least} đến {most}.',
  },
  // Lists
  PAGE_TOO_LARGE: {
    status: 400,
    en: 'At most {limit} items can be asked for at a time; {actual} were.',
    vi: 'Mỗi lần chỉ được lấy tối đa {limit} mục; đã yêu cầu {actual}.',
  },
  INVALID_PAGE: {
    status: 400,
    en: 'Ask for a page with `first` (and `after`) or `last` (and `before`), at least 1, not with both.',
    vi: 'Hãy dùng `first` (và `after`) hoặc `last` (và `before`), ít nhất là 1, không dùng cả hai.',
  },
  INVALID_CURSOR: {
    status: 400,
    en: 'This cursor does not belong to this list, order or filter.',
    vi: 'Con trỏ này không thuộc danh sách, thứ tự hoặc bộ lọc này.',
  },
  // Doing things twice or at once
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    en: 'This idempotency key was used with other input.',
    vi: 'Khóa idempotency này đã được dùng với dữ liệu khác.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    retryable: true,
    en: 'The first request with this idempotency key is still being worked on. Try again shortly.',
    vi: 'Yêu cầu đầu tiên với khóa idempotency này đang được xử lý. Hãy thử lại sau giây lát.',
  },
  SECRET_ALREADY_SHOWN: {
    status: 409,
    en: 'The secret was shown once, with the first answer, and is not kept.',
    vi: 'Mã bí mật chỉ được hiển thị một lần ở câu trả lời đầu tiên và không được lưu lại.',
  },
  STALE_VERSION: {
    status: 409,
    en: 'Somebody else changed this. It is at version {currentVersion}; read it again.',
    vi: 'Đã có người khác thay đổi. Phiên bản hiện tại là {currentVersion}; hãy đọc lại.',
  },
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
  // Agreements
  ACTION_NOT_ALLOWED: {
    status: 409,
    en: '{action} is not possible while this is {state}.',
    vi: 'Không thể {action} khi trạng thái là {state}.',
  },
  REVISION_MISMATCH: {
    status: 409,
    en: 'The revision on offer is {current}; you named {named}. Read it before you accept.',
    vi: 'Bản đang được đề nghị là {current}; bạn nêu bản {named}. Hãy đọc trước khi chấp nhận.',
  },
  SAME_PARTIES: {
    status: 422,
    en: 'Funder and grantee must be two organizations.',
    vi: 'Bên tài trợ và bên nhận phải là hai tổ chức khác nhau.',
  },
  TERM_INVALID: {
    status: 422,
    en: 'The term must end on or after its start, and last at most {years} years.',
    vi: 'Thời hạn phải kết thúc vào hoặc sau ngày bắt đầu, và kéo dài tối đa {years} năm.',
  },
  INSTALLMENTS_DO_NOT_SUM: {
    status: 422,
    en: 'The installments sum to {sum}, the commitment is {committed}.',
    vi: 'Các đợt cộng lại là {sum}, còn cam kết là {committed}.',
  },
  INSTALLMENT_OUTSIDE_TERM: {
    status: 422,
    en: 'An installment is due within the term or up to {days} days before it.',
    vi: 'Mỗi đợt phải đến hạn trong thời hạn hoặc trước đó tối đa {days} ngày.',
  },
  TOO_MANY_EXPECTATIONS: {
    status: 422,
    en: 'At most one reporting expectation for each started year of the term: {limit}.',
    vi: 'Tối đa một kỳ báo cáo cho mỗi năm đã bắt đầu: {limit}.',
  },
  LOBBYING_REASON_NEEDED: {
    status: 422,
    en: 'A lobbying clause other than NONE needs its reason.',
    vi: 'Điều khoản vận động khác NONE cần có lý do.',
  },
  PAYMENT_ABOVE_INSTALLMENT: {
    status: 422,
    en: 'At most {left} is left to send on this installment.',
    vi: 'Đợt này chỉ còn {left} chưa gửi.',
  },
  RECEIVED_MORE_THAN_SENT: {
    status: 422,
    en: 'More was received than the {sent} that was sent.',
    vi: 'Số tiền nhận được lớn hơn số đã gửi là {sent}.',
  },
  EXPECTATION_ALREADY_MET: {
    status: 409,
    en: 'This reporting expectation is met already.',
    vi: 'Kỳ báo cáo này đã được đáp ứng.',
  },
  EXPECTATION_WAIVED: { status: 409, en: 'This reporting expectation was waived.', vi: 'Kỳ báo cáo này đã được miễn.' },
  EXPECTATION_MOVED_TOO_FAR: {
    status: 422,
    en: 'A reporting expectation moves later, by at most {days} days in all: until {latest}.',
    vi: 'Kỳ báo cáo chỉ được dời muộn hơn, tổng cộng tối đa {days} ngày: đến {latest}.',
  },
  // Reports
  UNKNOWN_PROMPT: { status: 422, en: 'There is no prompt {prompt}.', vi: 'Không có câu hỏi {prompt}.' },
  REPORT_EMPTY: {
    status: 422,
    en: 'A report needs at least one answered prompt or a text.',
    vi: 'Báo cáo cần ít nhất một câu trả lời hoặc một đoạn văn bản.',
  },
  REPORT_TOO_LARGE: {
    status: 422,
    en: 'The sections have {actual} bytes together; at most {limit} are allowed.',
    vi: 'Các phần cộng lại có {actual} byte; tối đa là {limit}.',
  },
  SUBMISSION_DIFFERS: {
    status: 409,
    en: 'This clientSubmissionId was used before with other content. The first was kept; nothing was changed.',
    vi: 'clientSubmissionId này đã được dùng với nội dung khác. Bản đầu được giữ nguyên; không có gì thay đổi.',
  },
  NOT_SHAREABLE: {
    status: 409,
    en: 'Only a submitted report can be shared, with an agreement that was accepted.',
    vi: 'Chỉ báo cáo đã gửi mới chia sẻ được, với thỏa thuận đã được chấp nhận.',
  },
  ALREADY_SHARED: {
    status: 409,
    en: 'This report is already shared with this agreement.',
    vi: 'Báo cáo này đã được chia sẻ với thỏa thuận này.',
  },
  SHARE_ALREADY_ANSWERED: {
    status: 409,
    en: 'The funder has answered this; it keeps what it was shown.',
    vi: 'Bên tài trợ đã trả lời; họ giữ lại những gì đã được xem.',
  },
  // Obstacles
  UNKNOWN_OBSTACLE_CODE: { status: 422, en: 'There is no obstacle code {code}.', vi: 'Không có mã trở ngại {code}.' },
  FUNDER_NEEDED: {
    status: 422,
    en: 'This code or tier concerns a funder: name the funder or an agreement with it.',
    vi: 'Mã hoặc mức này liên quan đến bên tài trợ: hãy nêu bên tài trợ hoặc một thỏa thuận với họ.',
  },
  NOT_GROUNDED: {
    status: 422,
    en: 'An obstacle can name only a funder that has offered you an agreement.',
    vi: 'Chỉ có thể nêu bên tài trợ đã từng đề nghị thỏa thuận với bạn.',
  },
  STEWARD_IS_CONCERNED: {
    status: 422,
    en: 'This concerns the steward itself, who could read a CONFIDENTIAL entry. Choose AGGREGATE_ONLY or SHARED.',
    vi: 'Việc này liên quan đến chính bên điều phối, họ có thể đọc mục CONFIDENTIAL. Hãy chọn AGGREGATE_ONLY hoặc SHARED.',
  },
  TIER_CANNOT_CLOSE: {
    status: 422,
    en: 'A tier only opens: from {from} it cannot become {to}.',
    vi: 'Mức chỉ có thể mở ra: từ {from} không thể thành {to}.',
  },
  // Query limits
  QUERY_TOO_DEEP: { status: 400, en: 'The query is too deep.', vi: 'Truy vấn quá sâu.' },
  TOO_MANY_ALIASES: { status: 400, en: 'The query has too many aliases.', vi: 'Truy vấn có quá nhiều bí danh.' },
  TOO_MANY_DIRECTIVES: { status: 400, en: 'The query has too many directives.', vi: 'Truy vấn có quá nhiều chỉ thị.' },
  TOO_MANY_ROOT_FIELDS: {
    status: 400,
    en: 'The query has too many root fields.',
    vi: 'Truy vấn có quá nhiều trường gốc.',
  },
  QUERY_TOO_EXPENSIVE: { status: 400, en: 'The query costs too much.', vi: 'Truy vấn tốn quá nhiều tài nguyên.' },
  // Import
  IMPORT_UNREADABLE: { status: 422, en: '{why}', vi: '{why}' },
  IMPORT_RUNNING: {
    status: 409,
    retryable: true,
    en: 'Another import is running. Try again when it is done.',
    vi: 'Một lần nhập khác đang chạy. Hãy thử lại khi xong.',
  },
} satisfies Record<string, { status: number; en: string; vi: string; retryable?: boolean }>;

export type ErrorCode = keyof typeof MESSAGES;
export const ERROR_CODES = Object.keys(MESSAGES) as ErrorCode[];
/** As a GraphQL enum: each code is its own value. */
export const ErrorCodes = Object.fromEntries(ERROR_CODES.map((code) => [code, code])) as { [C in ErrorCode]: C };

export type Locale = 'en' | 'vi';
type Parameters = Readonly<Record<string, string | number>>;

export function messageOf(code: ErrorCode, locale: Locale, parameters: Parameters = {}): string {
  return MESSAGES[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? name));
}

export function isRetryable(code: ErrorCode): boolean {
  const entry: { status: number; retryable?: boolean } = MESSAGES[code];
  return entry.retryable ?? (entry.status === 429 || entry.status === 503);
}
