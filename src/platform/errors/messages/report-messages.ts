import type { Message } from './message.js';

export const REPORT_MESSAGES = {
  // Reports
  UNKNOWN_PROMPT: { status: 422, en: 'There is no prompt `{prompt}`.', vi: 'Không có câu hỏi `{prompt}`.' },
  REPORT_EMPTY: {
    status: 422,
    en: 'A report needs at least one answered prompt or a text.',
    vi: 'Báo cáo cần ít nhất một câu trả lời hoặc một đoạn văn bản.',
  },
  CONVERSATION_MISSING: {
    status: 422,
    en: 'A report of a conversation tells when it was held, how long, with how many people, and what was said.',
    vi: 'Báo cáo về một cuộc trò chuyện cần cho biết ngày, thời lượng, số người tham gia và nội dung.',
  },
  CONVERSATION_NOT_EXPECTED: {
    status: 422,
    en: 'The format of this report is: {format}. Only a report in the format `CONVERSATION` tells of a conversation.',
    vi: 'Hình thức của báo cáo này là: {format}. Chỉ báo cáo dạng cuộc trò chuyện (`CONVERSATION`) mới kể về một cuộc trò chuyện.',
  },
  NOTES_ALREADY_CONFIRMED: {
    status: 409,
    en: 'A report was made of these notes. Correct the report instead.',
    vi: 'Ghi chép này đã thành báo cáo. Hãy sửa báo cáo đó.',
  },
  FILE_OR_LINK_MISSING: {
    status: 422,
    en: 'A report in this format ({format}) needs an attachment or a link.',
    vi: 'Báo cáo dạng này ({format}) cần một tệp đính kèm hoặc một liên kết.',
  },
  LINK_NOT_HTTPS: {
    status: 422,
    en: 'A link begins with https://.',
    vi: 'Liên kết phải bắt đầu bằng https://.',
  },
  REPORT_TOO_LARGE: {
    status: 422,
    en: 'The sections have {actual} bytes together; at most {limit} are allowed.',
    vi: 'Các phần cộng lại có {actual} byte; tối đa là {limit}.',
  },
  NOT_SHAREABLE: {
    status: 409,
    en: 'Only a submitted report can be shared, with an agreement that was accepted.',
    vi: 'Chỉ báo cáo đã gửi mới chia sẻ được, với thỏa thuận đã được chấp nhận.',
  },
  ALREADY_SHARED: {
    status: 409,
    en: 'This version of the report is already shared with this agreement.',
    vi: 'Phiên bản này của báo cáo đã được chia sẻ với thỏa thuận này.',
  },
  SHARE_ALREADY_ANSWERED: {
    status: 409,
    en: 'The funder has answered this; it keeps what it was shown.',
    vi: 'Bên tài trợ đã trả lời; họ giữ lại những gì đã được xem.',
  },
  // Attachments
  ATTACHMENT_TYPE_NOT_ALLOWED: {
    status: 415,
    en: 'This file cannot be attached. Its type, as its bytes tell, is {fileType}. Images, audio, video, PDF, and Word, Excel, PowerPoint or OpenDocument files without macros can be attached.',
    vi: 'Không thể đính kèm tệp này. Loại tệp, xét theo nội dung, là {fileType}. Có thể đính kèm hình ảnh, âm thanh, video, PDF và tệp Word, Excel, PowerPoint hoặc OpenDocument không có macro.',
  },
  ATTACHMENT_TOO_LARGE: {
    status: 413,
    en: 'The file is larger than {limit} bytes. Nothing of it was kept.',
    vi: 'Tệp lớn hơn {limit} byte. Không có phần nào được giữ lại.',
  },
  TOO_MANY_ATTACHMENTS: {
    status: 409,
    en: 'A report has at most {limit} attachments.',
    vi: 'Một báo cáo có tối đa {limit} tệp đính kèm.',
  },
  UPLOAD_INCOMPLETE: {
    status: 400,
    retryable: true,
    en: 'The upload ended before the file was complete. Nothing of it was kept.',
    vi: 'Việc tải lên kết thúc trước khi tệp đầy đủ. Không có phần nào được giữ lại.',
  },
  STORAGE_FULL: {
    status: 507,
    retryable: true,
    en: 'There is no room for this file at the moment. Nothing of it was kept.',
    vi: 'Hiện không còn chỗ cho tệp này. Không có phần nào được giữ lại.',
  },
  LINK_EXPIRED: {
    status: 410,
    en: 'This link has expired. Ask for the attachment again to get a new one.',
    vi: 'Liên kết này đã hết hạn. Hãy truy vấn lại tệp đính kèm để có liên kết mới.',
  },
  TOO_MANY_WORDS: {
    status: 422,
    en: 'The search has {actual} words; at most {limit} are looked for.',
    vi: 'Cụm tìm kiếm có {actual} từ; tối đa là {limit}.',
  },
} satisfies Record<string, Message>;
