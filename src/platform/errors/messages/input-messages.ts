import type { Message } from './message.js';

export const INPUT_MESSAGES = {
  // Input
  REQUIRED: { status: 422, en: 'A value is required.', vi: 'Cần có giá trị.' },
  INVALID_ID: {
    status: 422,
    en: 'This is not an id of the expected kind (`{expected}`).',
    vi: 'Đây không phải là mã đúng loại (`{expected}`).',
  },
  TEXT_TOO_LONG: {
    status: 422,
    en: 'The text has more than {limit} characters, the most that are allowed here.',
    vi: 'Văn bản có nhiều hơn {limit} ký tự, mức tối đa được phép ở đây.',
  },
  TEXT_TOO_MANY_BYTES: {
    status: 422,
    en: 'The text takes {actual} bytes as UTF-8, though it shows few characters; at most {limit} are kept here.',
    vi: 'Văn bản chiếm {actual} byte UTF-8 dù chỉ hiện ít ký tự; ở đây chỉ giữ tối đa {limit}.',
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
  TEXT_MARKS_PILED: {
    status: 422,
    en: 'A letter of the text carries more than {limit} marks, such as accents, one upon the other. No script needs as many; take some out.',
    vi: 'Một chữ cái trong văn bản mang nhiều hơn {limit} dấu chồng lên nhau. Không chữ viết nào cần nhiều như vậy; hãy bỏ bớt.',
  },
  TEXT_DIRECTION_FORCED: {
    status: 422,
    en: 'Character {position} ({character}) forces the direction of the text, so that it reads other than it is. Take it out: right-to-left writing needs none.',
    vi: 'Ký tự thứ {position} ({character}) ép hướng chữ, khiến văn bản hiện khác với nội dung thật. Hãy bỏ nó đi: chữ viết từ phải sang trái không cần nó.',
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
  MORE_ERRORS: {
    status: 422,
    en: 'There are {more} more errors than are listed here. Correct those that are, and send it again.',
    vi: 'Còn {more} lỗi khác chưa được liệt kê ở đây. Hãy sửa các lỗi đã nêu rồi gửi lại.',
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
} satisfies Record<string, Message>;
