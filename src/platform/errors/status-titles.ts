import type { Phrase } from './words.rules.js';

/**
 * What an HTTP status is called. RFC 9457: a problem of the type `about:blank` has the phrase of its status as title, which
 * may be translated; what happened in this case is its `detail`, and `code` says which problem it is.
 */
const TITLES: Readonly<Record<number, Phrase>> = {
  400: { en: 'Bad Request', vi: 'Yêu cầu không hợp lệ' },
  401: { en: 'Unauthorized', vi: 'Chưa xác thực' },
  403: { en: 'Forbidden', vi: 'Không được phép' },
  404: { en: 'Not Found', vi: 'Không tìm thấy' },
  406: { en: 'Not Acceptable', vi: 'Không có định dạng được yêu cầu' },
  409: { en: 'Conflict', vi: 'Xung đột' },
  410: { en: 'Gone', vi: 'Không còn nữa' },
  413: { en: 'Content Too Large', vi: 'Nội dung quá lớn' },
  415: { en: 'Unsupported Media Type', vi: 'Loại nội dung không được hỗ trợ' },
  422: { en: 'Unprocessable Content', vi: 'Nội dung không xử lý được' },
  429: { en: 'Too Many Requests', vi: 'Quá nhiều yêu cầu' },
  500: { en: 'Internal Server Error', vi: 'Lỗi máy chủ' },
  503: { en: 'Service Unavailable', vi: 'Dịch vụ tạm ngừng' },
  507: { en: 'Insufficient Storage', vi: 'Không đủ chỗ lưu' },
};

export function statusTitle(status: number, locale: keyof Phrase): string {
  return TITLES[status][locale];
}
