import type { Locale } from '../../platform/errors/codes.js';
import type { LobbyingClause } from './terms.rules.js';

/** What the document of an agreement says, in one language. A sentence that depends on a term takes it. */
export interface TermsWords {
  readonly title: string;
  readonly agreement: string;
  readonly revision: string;
  readonly funder: string;
  readonly grantee: string;
  readonly sponsor: string;
  readonly sponsorsPart: string;
  readonly headings: Readonly<
    Record<
      'parties' | 'grant' | 'installments' | 'funderOwes' | 'granteeOwes' | 'granteeFree' | 'lobbying' | 'note',
      string
    >
  >;
  readonly committed: string;
  readonly term: string;
  readonly span: (from: string, to: string) => string;
  readonly awarded: string;
  readonly timeZone: string;
  readonly columns: readonly [number: string, dueOn: string, amount: string];
  readonly funderOwes: (responseDays: number, noticeDays: number) => readonly string[];
  readonly granteeOwes: readonly string[];
  readonly reports: (days: readonly string[]) => string;
  readonly noReports: string;
  readonly use: string;
  readonly sponsoredUse: string;
  readonly granteeFree: readonly string[];
  readonly lobbying: Readonly<Record<LobbyingClause, string>>;
  readonly reason: string;
  readonly day: (day: string) => string;
  /** Between thousands, and before decimals. */
  readonly marks: readonly [thousands: string, decimals: string];
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const parts = (day: string): [year: number, month: number, date: number] =>
  day.split('-').map(Number) as [number, number, number];

const EN: TermsWords = {
  title: 'Grant agreement',
  agreement: 'Agreement',
  revision: 'Revision',
  funder: 'Funder',
  grantee: 'Grantee',
  sponsor: 'Fiscal sponsor',
  sponsorsPart:
    "The fiscal sponsor receives the money for the grantee, and says that it has arrived; reports are the grantee's.",
  headings: {
    parties: 'Parties',
    grant: 'The grant',
    installments: 'Installments',
    funderOwes: 'What the funder owes',
    granteeOwes: 'What the grantee owes',
    granteeFree: 'What the grantee is free to do',
    lobbying: 'Lobbying',
    note: 'Note',
  },
  committed: 'The funder promises',
  term: 'Term',
  span: (from, to) => `${from} to ${to}`,
  awarded: 'Awarded on',
  timeZone: 'Days end in the time zone',
  columns: ['No.', 'Due on', 'Amount'],
  funderOwes: (responseDays, noticeDays) => [
    'Each installment arrives by the end of its day. It has arrived when the grantee says so.',
    'Payment does not depend on a report. Only the law may keep a payment back, and its basis is told in words.',
    `Each report that is shared is answered within ${responseDays} days.`,
    `A change to the grantee's disadvantage needs the grantee's consent and ${noticeDays} days of notice. Silence is not consent.`,
  ],
  granteeOwes: ['To say which payments have arrived, and which are missing.'],
  reports: (days) => `To tell what happened, in the form it chooses, by: ${days.join('; ')}.`,
  noReports: 'No report is expected.',
  use: 'To use the money as it finds right: it is unrestricted.',
  sponsoredUse: 'To use the money as it finds right for the sponsored project: it is otherwise unrestricted.',
  granteeFree: [
    'To choose the form and the language of a report, to reuse one written for somebody else, and to move its day by up to 90 days without asking.',
    'To propose changes, and to decline any that is to its disadvantage.',
    'To say what makes its work harder, also when that is the funder.',
  ],
  lobbying: {
    NONE: 'Nothing is agreed about lobbying.',
    NOT_EARMARKED: 'No part of the money is earmarked for lobbying.',
    PROHIBITED: 'The money is not used for lobbying.',
  },
  reason: 'Reason',
  day: (day) => {
    const [year, month, date] = parts(day);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  },
  marks: [',', '.'],
};

const VI: TermsWords = {
  title: 'Thỏa thuận tài trợ',
  agreement: 'Thỏa thuận',
  revision: 'Bản số',
  funder: 'Bên tài trợ',
  grantee: 'Bên nhận tài trợ',
  sponsor: 'Bên bảo trợ tài chính',
  sponsorsPart: 'Bên bảo trợ nhận tiền thay cho bên nhận và cho biết tiền đã đến; báo cáo là của bên nhận.',
  headings: {
    parties: 'Các bên',
    grant: 'Khoản tài trợ',
    installments: 'Các đợt chi trả',
    funderOwes: 'Trách nhiệm của bên tài trợ',
    granteeOwes: 'Trách nhiệm của bên nhận',
    granteeFree: 'Quyền tự quyết của bên nhận',
    lobbying: 'Vận động chính sách',
    note: 'Ghi chú',
  },
  committed: 'Bên tài trợ cam kết',
  term: 'Thời hạn',
  span: (from, to) => `từ ${from} đến ${to}`,
  awarded: 'Ngày quyết định tài trợ',
  timeZone: 'Ngày kết thúc theo múi giờ',
  columns: ['Đợt', 'Đến hạn', 'Số tiền'],
  funderOwes: (responseDays, noticeDays) => [
    'Mỗi đợt tiền đến nơi trước khi hết ngày đến hạn. Tiền được coi là đã đến khi bên nhận xác nhận.',
    'Việc chi trả không phụ thuộc vào báo cáo. Chỉ pháp luật mới có thể giữ lại một khoản chi, và căn cứ pháp lý được nêu bằng lời.',
    `Mỗi báo cáo được chia sẻ được trả lời trong vòng ${responseDays} ngày.`,
    `Thay đổi bất lợi cho bên nhận cần sự đồng ý của bên nhận và báo trước ${noticeDays} ngày. Im lặng không phải là đồng ý.`,
  ],
  granteeOwes: ['Cho biết khoản tiền nào đã đến và khoản nào còn thiếu.'],
  reports: (days) => `Kể lại những gì đã diễn ra, theo hình thức mình chọn, trước hoặc vào: ${days.join('; ')}.`,
  noReports: 'Không yêu cầu báo cáo.',
  use: 'Sử dụng khoản tiền theo cách mình thấy đúng: khoản tiền không bị giới hạn mục đích.',
  sponsoredUse:
    'Sử dụng khoản tiền theo cách mình thấy đúng cho dự án được bảo trợ: ngoài ra khoản tiền không bị giới hạn mục đích.',
  granteeFree: [
    'Chọn hình thức và ngôn ngữ của báo cáo, dùng lại báo cáo đã viết cho nơi khác, và dời ngày báo cáo tối đa 90 ngày mà không cần xin phép.',
    'Đề nghị thay đổi, và từ chối bất cứ thay đổi nào bất lợi cho mình.',
    'Nói ra điều gì gây khó khăn cho công việc, kể cả khi đó là bên tài trợ.',
  ],
  lobbying: {
    NONE: 'Không có thỏa thuận về vận động chính sách.',
    NOT_EARMARKED: 'Không phần nào của khoản tiền được dành riêng cho vận động chính sách.',
    PROHIBITED: 'Khoản tiền không được dùng cho vận động chính sách.',
  },
  reason: 'Lý do',
  day: (day) => {
    const [year, month, date] = parts(day);
    return `ngày ${date} tháng ${month} năm ${year}`;
  },
  marks: ['.', ','],
};

export const TERMS_WORDS: Readonly<Record<Locale, TermsWords>> = { en: EN, vi: VI };
