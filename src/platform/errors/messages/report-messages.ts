import type { Message } from './message.js';

export const REPORT_MESSAGES = {
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
} satisfies Record<string, Message>;
