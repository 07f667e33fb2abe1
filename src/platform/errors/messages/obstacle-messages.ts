import type { Message } from './message.js';

export const OBSTACLE_MESSAGES = {
  // Obstacles
  UNKNOWN_OBSTACLE_CODE: {
    status: 422,
    en: 'There is no obstacle code `{code}`. The query `obstacleCodes` lists them all.',
    vi: 'Không có mã trở ngại `{code}`. Truy vấn `obstacleCodes` liệt kê tất cả các mã.',
  },
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
  STEWARD_NOT_DECLARED: {
    status: 422,
    en: 'The steward of this network has not said yet whether an organization of its own takes part. Until then nothing can be confidential: choose statistics only (`AGGREGATE_ONLY`), which can be opened later, or `SHARED`.',
    vi: 'Bên điều phối của mạng lưới này chưa cho biết tổ chức của họ có tham gia hay không. Đến lúc đó chưa thể chọn mức bảo mật: hãy chọn mức chỉ dùng cho thống kê (`AGGREGATE_ONLY`), sau này vẫn có thể mở thêm, hoặc mức chia sẻ (`SHARED`).',
  },
  STEWARD_IS_CONCERNED: {
    status: 422,
    en: 'This concerns an organization that is, or was, of the steward itself, who reads confidential entries. Choose statistics only (`AGGREGATE_ONLY`) or `SHARED`.',
    vi: 'Việc này liên quan đến một tổ chức thuộc, hoặc từng thuộc, chính bên điều phối, là bên đọc các mục bảo mật. Hãy chọn mức chỉ dùng cho thống kê (`AGGREGATE_ONLY`) hoặc mức chia sẻ (`SHARED`).',
  },
  TIER_CANNOT_CLOSE: {
    status: 422,
    en: 'A tier only opens: from “{fromTier}” it cannot become “{toTier}”.',
    vi: 'Mức chỉ có thể mở ra: từ “{fromTier}” không thể thành “{toTier}”.',
  },
  PRACTICE_CHANGE_ALREADY_RETRACTED: {
    status: 409,
    en: 'This practice change was retracted already.',
    vi: 'Thay đổi này đã được rút lại.',
  },
  SUGGESTION_DISMISSED: {
    status: 409,
    en: 'This suggestion was dismissed. To log it all the same, use `logObstacle`.',
    vi: 'Gợi ý này đã bị bỏ qua. Nếu vẫn muốn ghi lại, hãy dùng `logObstacle`.',
  },
  SUGGESTION_ALREADY_LOGGED: {
    status: 409,
    en: 'This suggestion was logged as an obstacle already.',
    vi: 'Gợi ý này đã được ghi thành một trở ngại.',
  },
} satisfies Record<string, Message>;
