import type { Message } from './message.js';

export const STATISTICS_MESSAGES = {
  // Sealed statistics
  NOT_A_PERIOD: {
    status: 422,
    en: '"{period}" names no period. Name a quarter like 2026-Q3, or a year like 2026.',
    vi: '"{period}" không phải là một kỳ. Hãy nêu một quý như 2026-Q3, hoặc một năm như 2026.',
  },
  PERIOD_STILL_OPEN: {
    status: 409,
    en: '{period} can be sealed from {from} on: fourteen days after its end.',
    vi: '{period} chỉ có thể chốt từ ngày {from}: mười bốn ngày sau khi kết thúc.',
  },
  PERIOD_ALREADY_SEALED: {
    status: 409,
    en: '{period} is closed already. A release never changes.',
    vi: '{period} đã được chốt. Một bản công bố không bao giờ thay đổi.',
  },
  QUARTERS_STILL_OPEN: {
    status: 409,
    en: 'Seal its quarters first: {quarters}.',
    vi: 'Hãy chốt các quý của năm trước: {quarters}.',
  },
  LEDGER_EXHAUSTED: {
    status: 409,
    en: 'What may be told about {year} has been spent: sealing {period} would take it beyond {limit}.',
    vi: 'Mức được phép công bố về năm {year} đã dùng hết: chốt {period} sẽ vượt quá {limit}.',
  },
  CLOCKS_DISAGREE: {
    status: 503,
    en: 'The clocks of the service and of its database are {seconds} seconds apart, so nothing can be sealed now. Try again when they agree.',
    vi: 'Đồng hồ của dịch vụ và của cơ sở dữ liệu lệch nhau {seconds} giây nên hiện chưa thể chốt. Hãy thử lại khi hai đồng hồ khớp nhau.',
  },
  NETWORK_IN_DOUBT: {
    status: 503,
    en: 'Nothing can be sealed now: the database differs from the witness that is kept outside of it, so it may be a backup or a copy. An operator of the service has to say which, with `npm run after-restore`.',
    vi: 'Hiện chưa thể chốt: cơ sở dữ liệu khác với bản đối chứng được giữ bên ngoài, nên có thể đây là bản sao lưu hoặc bản sao chép. Người vận hành dịch vụ cần xác định bằng `npm run after-restore`.',
  },
  PERIOD_OF_THE_ORIGINAL: {
    status: 409,
    en: '{period} began before this network was copied from another one: only that one publishes it.',
    vi: '{period} bắt đầu trước khi mạng lưới này được sao chép từ một mạng lưới khác: chỉ mạng lưới gốc mới công bố kỳ này.',
  },
} satisfies Record<string, Message>;
