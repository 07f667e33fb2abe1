import type { Message } from './message.js';

export const REQUEST_MESSAGES = {
  // Who is calling
  UNAUTHENTICATED: { status: 401, en: '{why}', vi: '{why}' },
  FORBIDDEN: {
    status: 403,
    en: 'A key with the role {role} may not call `{operation}`. Keys with these roles may: {roles}.',
    vi: 'Khóa có vai trò {role} không được gọi `{operation}`. Khóa có các vai trò này được gọi: {roles}.',
  },
  RATE_LIMITED: {
    status: 429,
    en: 'Too many requests. Try again in {seconds} seconds.',
    vi: 'Quá nhiều yêu cầu. Hãy thử lại sau {seconds} giây.',
  },
  // The request itself
  BAD_REQUEST: { status: 400, en: '{why}', vi: '{why}' },
  UNKNOWN_OPERATION: {
    status: 400,
    en: 'The document has no operation with the name that `operationName` gives.',
    vi: 'Tài liệu không có thao tác nào mang tên nêu trong `operationName`.',
  },
  OPERATION_NAME_MISSING: {
    status: 400,
    en: 'The document has several operations: say with `operationName` which one to run.',
    vi: 'Tài liệu có nhiều thao tác: hãy dùng `operationName` để nêu thao tác cần chạy.',
  },
  SUBSCRIPTIONS_NOT_SERVED: {
    status: 400,
    en: 'There are no subscriptions here. Ask `events(after:)` from time to time.',
    vi: 'Ở đây không có `subscription`. Hãy hỏi `events(after:)` theo định kỳ.',
  },
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
    en: 'The service cannot answer at the moment. Try again shortly. A change may have been made or not: send it again with the same idempotency key, and it is made once.',
    vi: 'Dịch vụ tạm thời không trả lời được. Hãy thử lại sau giây lát. Thay đổi có thể đã hoặc chưa được thực hiện: hãy gửi lại với cùng khóa chống lặp (`idempotencyKey`), và nó chỉ được thực hiện một lần.',
  },
  // Lists
  PAGE_TOO_LARGE: {
    status: 400,
    en: 'At most {limit} items can be asked for at a time; {actual} were.',
    vi: 'Mỗi lần chỉ được lấy tối đa {limit} mục; đã yêu cầu {actual}.',
  },
  INVALID_PAGE: {
    status: 400,
    en: 'Ask for a page with `first` or `last`, at least 0, not with both.',
    vi: 'Hãy dùng `first` hoặc `last`, ít nhất là 0, không dùng cả hai.',
  },
  INVALID_CURSOR: {
    status: 400,
    en: 'This cursor does not belong to this caller, list, order or filter.',
    vi: 'Con trỏ này không thuộc bên gọi, danh sách, thứ tự hoặc bộ lọc này.',
  },
  MADE_WITH_ANOTHER_SECRET: {
    status: 400,
    en: 'This cursor or link was made with another secret, which the service has no more. Ask again without the cursor, or for a new link; `events` goes on from a moment with `filter.since`.',
    vi: 'Con trỏ hoặc liên kết này được tạo bằng một khóa bí mật khác mà dịch vụ không còn giữ. Hãy truy vấn lại không kèm con trỏ, hoặc xin liên kết mới; `events` có thể tiếp tục từ một thời điểm với `filter.since`.',
  },
  FEED_RESTORED: {
    status: 410,
    en: 'The network was restored from a backup after this cursor was given: some of what you read is gone, and other things happened in its place. Synchronize again: read the list from its beginning, without `{argument}`, or `events` with `filter.since` the moment of the backup. What you have already has the same `id`.',
    vi: 'Mạng lưới đã được khôi phục từ bản sao lưu sau khi con trỏ này được cấp: một phần những gì bạn đã đọc không còn nữa và có những việc khác đã diễn ra. Hãy đồng bộ lại: đọc danh sách từ đầu, không dùng `{argument}`, hoặc đọc `events` với `filter.since` là thời điểm sao lưu. Những gì bạn đã có vẫn mang cùng `id`.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    en: 'This is available as {types}.',
    vi: 'Nội dung này có ở dạng {types}.',
  },
  RANGES_DO_NOT_COMBINE: {
    status: 400,
    en: 'A list is read in the order of its range, so `{first}` and `{second}` do not go together.',
    vi: 'Danh sách được đọc theo thứ tự của khoảng lọc, nên không dùng `{first}` cùng với `{second}`.',
  },
  ORDER_DOES_NOT_FIT: {
    status: 400,
    en: 'With `{range}` the list is in the order `{order}`: leave out `orderBy`, or name that.',
    vi: 'Khi lọc theo `{range}`, danh sách theo thứ tự `{order}`: hãy bỏ `orderBy` hoặc nêu thứ tự đó.',
  },
  ORDER_NEEDS_CURRENCY: {
    status: 400,
    en: 'Amounts are ordered within one currency: name it in `filter.committed`.',
    vi: 'Số tiền chỉ được sắp xếp trong một loại tiền: hãy nêu trong `filter.committed`.',
  },
  // Doing things twice or at once
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    en: 'This idempotency key was used with other input.',
    vi: 'Khóa chống lặp (`idempotencyKey`) này đã được dùng với dữ liệu khác.',
  },
  IDEMPOTENCY_IN_FLIGHT: {
    status: 409,
    retryable: true,
    en: 'The first request with this idempotency key is still being worked on. Try again shortly.',
    vi: 'Yêu cầu đầu tiên với khóa chống lặp (`idempotencyKey`) này đang được xử lý. Hãy thử lại sau giây lát.',
  },
  STALE_VERSION: {
    status: 409,
    en: 'This is at version {currentVersion} now, which is not the version that you named. Read it again.',
    vi: 'Phiên bản hiện tại là {currentVersion}, không phải phiên bản bạn đã nêu. Hãy đọc lại.',
  },
  // Query limits
  QUERY_TOO_LONG: {
    status: 400,
    en: 'The query is too long: it has {actual} {unit}, and {limit} is the most.',
    vi: 'Truy vấn quá dài: có {actual} {unit}, tối đa là {limit}.',
  },
  TOO_MANY_DEFINITIONS: {
    status: 400,
    en: 'The query has too many operations and fragments: {actual}, and {limit} is the most.',
    vi: 'Truy vấn có quá nhiều thao tác và đoạn: {actual}, tối đa là {limit}.',
  },
  QUERY_TOO_DEEP: {
    status: 400,
    en: 'The query is nested too deeply: {actual} levels, and {limit} is the most.',
    vi: 'Truy vấn lồng nhau quá sâu: {actual} cấp, tối đa là {limit}.',
  },
  TOO_MANY_ALIASES: {
    status: 400,
    en: 'The query repeats too many fields: it has {actual} aliases, and {limit} is the most.',
    vi: 'Truy vấn lặp lại quá nhiều trường: có {actual} bí danh, tối đa là {limit}.',
  },
  TOO_MANY_DIRECTIVES: {
    status: 400,
    en: 'The query has too many directives: {actual}, and {limit} is the most.',
    vi: 'Truy vấn có quá nhiều chỉ thị: {actual}, tối đa là {limit}.',
  },
  TOO_MANY_ROOT_FIELDS: {
    status: 400,
    en: 'The query asks for too many things at once: {actual}, and {limit} is the most.',
    vi: 'Truy vấn hỏi quá nhiều thứ cùng lúc: {actual}, tối đa là {limit}.',
  },
  TOO_MANY_FIELDS: {
    status: 400,
    en: 'The query has too many fields: {actual}, and {limit} is the most.',
    vi: 'Truy vấn có quá nhiều trường: {actual}, tối đa là {limit}.',
  },
  TOO_MANY_VALUES: {
    status: 400,
    en: 'The variables hold too much: {actual} values, and {limit} is the most.',
    vi: 'Các biến chứa quá nhiều: {actual} giá trị, tối đa là {limit}.',
  },
  QUERY_TOO_EXPENSIVE: {
    status: 400,
    en: 'The query costs too much: {actual}, and {limit} is the most.',
    vi: 'Truy vấn tốn quá nhiều tài nguyên: {actual}, tối đa là {limit}.',
  },
} satisfies Record<string, Message>;
