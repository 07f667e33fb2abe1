import type { Locale } from '../errors/codes.js';
import type { Parameters } from '../errors/fill-sentence.js';
import { fillSentence } from '../errors/fill-sentence.js';
import type { Phrase } from '../errors/words.rules.js';

/** Every notice a caller can meet, with what it says. A code that also refuses says something else there. */
export const NOTICE_MESSAGES = {
  DUE_BEFORE_ACCEPTANCE: {
    en: 'Days of payment that are over already: {count}, the first on {dueOn}. Nothing is owed before acceptance: that money is owed on the day of acceptance, and late when that day ends.',
    vi: 'Số ngày chuyển tiền đã qua: {count}, ngày đầu tiên là {dueOn}. Trước khi thỏa thuận được chấp nhận, chưa có nghĩa vụ nào: khoản tiền đó đến hạn vào ngày chấp nhận và bị coi là trễ khi ngày ấy kết thúc.',
  },
  GRANTEE_ALREADY_INVITED: {
    en: 'You have invited this group before, and its link was shown then. Send `replaceLink: true` for a new link.',
    vi: 'Bạn đã mời nhóm này trước đây và đường dẫn đã được hiển thị khi đó. Hãy gửi `replaceLink: true` để có đường dẫn mới.',
  },
  INVITATION_ALREADY_CLAIMED: {
    en: 'You have invited this group before, and somebody has used its claim link already. No new link was made.',
    vi: 'Bạn đã mời nhóm này trước đây và đã có người dùng liên kết nhận khóa của nhóm. Không có liên kết mới nào được tạo.',
  },
  NETWORK_TOO_SMALL: {
    en: 'Too few organizations could have reported in {period}: it closes without figures.',
    vi: 'Quá ít tổ chức có thể báo cáo trong {period}: kỳ này khép lại không có số liệu.',
  },
  SECRET_ALREADY_SHOWN: {
    en: 'The secret was shown once, with the first answer, and is not kept.',
    vi: 'Mã bí mật chỉ được hiển thị một lần ở câu trả lời đầu tiên và không được lưu lại.',
  },
  SUBMISSION_DIFFERS: {
    en: 'This was submitted before with other content. The first submission was kept; nothing was changed.',
    vi: 'Mục này đã được gửi trước đây với nội dung khác. Bản gửi đầu tiên được giữ nguyên; không có gì thay đổi.',
  },
} satisfies Record<string, Phrase>;

export type NoticeCode = keyof typeof NOTICE_MESSAGES;
export const NOTICE_CODES = Object.keys(NOTICE_MESSAGES) as NoticeCode[];
/** As a GraphQL enum: each code is its own value. */
export const NoticeCodes = Object.fromEntries(NOTICE_CODES.map((code) => [code, code])) as { [C in NoticeCode]: C };

export function noticeMessage(code: NoticeCode, locale: Locale, parameters: Parameters = {}): string {
  return fillSentence(NOTICE_MESSAGES[code][locale], locale, parameters);
}
