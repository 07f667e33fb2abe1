import type { ErrorCode, Locale } from '../platform/errors/codes.js';
import { messageOf } from '../platform/errors/codes.js';

/** What is said in each language. */
export type Words = Readonly<Record<Locale, string>>;

/** Why a row was not recorded, in words for the data officer who can correct the row. `{name}` is filled from the parameters. */
const ROW_WORDS = {
  ROW_TOO_LARGE: {
    en: 'The grant has {actual} bytes; at most {limit} are read.',
    vi: 'Khoản tài trợ có {actual} byte; chỉ đọc tối đa {limit} byte.',
  },
  NOT_A_GRANT: { en: 'The row is {shown}, not a grant.', vi: 'Dòng này là {shown}, không phải một khoản tài trợ.' },
  MISSING: { en: '{field} is missing.', vi: 'Thiếu {field}.' },
  NOT_TEXT: {
    en: '{field} is {shown} where text is expected.',
    vi: '{field} là {shown}, trong khi cần một văn bản.',
  },
  UNKNOWN_CURRENCY: {
    en: '{field} is {shown}, not a currency code of ISO 4217.',
    vi: '{field} là {shown}, không phải mã tiền tệ của ISO 4217.',
  },
  AMOUNT_NOT_A_NUMBER: {
    en: '{field} is {shown}; a plain number is expected, without currency sign or thousands separator.',
    vi: '{field} là {shown}; cần một số thuần túy, không có ký hiệu tiền tệ hay dấu phân cách hàng nghìn.',
  },
  AMOUNT_NEGATIVE: {
    en: '{field} is {shown}; a negative amount is no award. Correct the grant it belongs to.',
    vi: '{field} là {shown}; số tiền âm không phải là khoản tài trợ. Hãy sửa khoản tài trợ mà số tiền này thuộc về.',
  },
  AMOUNT_TOO_LARGE: {
    en: '{field} is {shown}, more than can be recorded.',
    vi: '{field} là {shown}, lớn hơn mức có thể ghi nhận.',
  },
  AMOUNT_TOO_PRECISE: {
    en: '{field} is {shown}, but {currency} has {decimals} decimals; round it in the source.',
    vi: '{field} là {shown}, nhưng {currency} có {decimals} chữ số thập phân; hãy làm tròn ở nguồn.',
  },
  DATE_EXPECTED: {
    en: '{field} is {shown}; a date is expected, as 2021-03-31.',
    vi: '{field} là {shown}; cần một ngày, viết như 2021-03-31.',
  },
  NO_SUCH_DAY: {
    en: '{field} is {shown}, a day that does not exist.',
    vi: '{field} là {shown}, một ngày không tồn tại.',
  },
  NO_SUCH_SLASHED_DAY: {
    en: '{field} is {shown}, a day that does not exist. Dates with slashes are read as day/month/year.',
    vi: '{field} là {shown}, một ngày không tồn tại. Ngày viết với dấu gạch chéo được đọc là ngày/tháng/năm.',
  },
  YEAR_OUT_OF_RANGE: {
    en: '{field} is {shown}; the year cannot be right.',
    vi: '{field} là {shown}; năm này không thể đúng.',
  },
  MONTH_BEFORE_DAY: {
    en: '{field} is {shown}, which can only be month/day/year. Dates with slashes are read as day/month/year; write dates as 2021-03-31.',
    vi: '{field} là {shown}, chỉ có thể là tháng/ngày/năm. Ngày viết với dấu gạch chéo được đọc là ngày/tháng/năm; hãy viết ngày như 2021-03-31.',
  },
  SLASHED_DATE_REFUSED: {
    en: '{field} is {shown}. No date with slashes of this file is read: {proof} at position {position} ({proofField}) can only be month/day/year, so nobody can tell which order the others have. Write every date as 2021-03-31.',
    vi: '{field} là {shown}. Không ngày nào viết với dấu gạch chéo trong tệp này được đọc: {proof} ở vị trí {position} ({proofField}) chỉ có thể là tháng/ngày/năm, nên không thể biết các ngày khác theo thứ tự nào. Hãy viết mọi ngày như 2021-03-31.',
  },
  NOT_AN_ORGANIZATION: {
    en: '{field} is not an object with id and name.',
    vi: '{field} không phải là một đối tượng có mã (id) và tên (name).',
  },
  SEVERAL_ORGANIZATIONS: {
    en: '{field} has several organizations; a grant is recorded between one funder and one recipient. Give each its own row with its own amount.',
    vi: '{field} có nhiều tổ chức; mỗi khoản tài trợ được ghi giữa một bên tài trợ và một bên nhận. Hãy cho mỗi tổ chức một dòng riêng với số tiền riêng.',
  },
  RECIPIENT_IS_A_PERSON: {
    en: 'The grant went to a person. Only grants to organizations are recorded here, so that no person is listed.',
    vi: 'Khoản tài trợ này dành cho một cá nhân. Ở đây chỉ ghi các khoản tài trợ cho tổ chức, để không cá nhân nào bị nêu tên.',
  },
  REPEATED_ID: {
    en: 'The same id stands at position {position} already; that row was taken. Give each grant an id of its own.',
    vi: 'Mã này đã có ở vị trí {position}; dòng đó đã được nhận. Hãy cho mỗi khoản tài trợ một mã riêng.',
  },
} satisfies Record<string, Words>;

/** The rules for text are those of the API, and so are their words. */
type TextCode = Extract<ErrorCode, `TEXT_${string}`>;
export type RowReasonCode = keyof typeof ROW_WORDS | TextCode;
export const ROW_REASON_CODES = Object.keys(ROW_WORDS) as (keyof typeof ROW_WORDS)[];

export interface RowReason {
  readonly code: RowReasonCode;
  /** The path of the offending field in the row, as `recipientOrganization[0].id`; null when the row as a whole is meant. */
  readonly field: string | null;
  /** No value holds an e-mail address or a person's name. */
  readonly parameters: Readonly<Record<string, string | number | Words>>;
}

/** The sentence that says the reason. */
export function wordsFor({ code, field, parameters }: RowReason, locale: Locale): string {
  const values: Record<string, string | number> = { field: field ?? '' };
  for (const [name, value] of Object.entries(parameters)) {
    values[name] = typeof value === 'object' ? value[locale] : value;
  }
  if (!isRowCode(code)) return `${field}: ${messageOf(code, locale, values)}`;
  return ROW_WORDS[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

function isRowCode(code: RowReasonCode): code is keyof typeof ROW_WORDS {
  return code in ROW_WORDS;
}
