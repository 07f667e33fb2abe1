import type { Message } from './message.js';

export const IMPORT_MESSAGES = {
  // Import
  // What is wrong is said in both languages where it is found: src/imports/unreadable-file.ts.
  IMPORT_UNREADABLE: { status: 422, en: '{en}', vi: '{vi}' },
  INVALID_RESTRICTION_RULE: {
    status: 422,
    en: 'A rule is a field (`fundingType`, `grantProgramme` or `title`), a colon, the words that it has, an equals sign and `UNRESTRICTED`, `RESTRICTED`, `PROGRAM` or `UNSTATED`, such as "fundingType:Core costs=UNRESTRICTED". "*" stands for any text. At most {rules} rules, of at most {characters} characters each.',
    vi: 'Một quy tắc gồm tên trường (`fundingType`, `grantProgramme` hoặc `title`), dấu hai chấm, nội dung của trường, dấu bằng và `UNRESTRICTED`, `RESTRICTED`, `PROGRAM` hoặc `UNSTATED`, ví dụ "fundingType:Core costs=UNRESTRICTED". "*" thay cho nội dung bất kỳ. Tối đa {rules} quy tắc, mỗi quy tắc tối đa {characters} ký tự.',
  },
  INVALID_ISSUED_DATE: {
    status: 422,
    en: 'The day or the moment that the file was issued is written as 2020-05-07 or 2020-05-07T15:00:00Z.',
    vi: 'Ngày hoặc thời điểm phát hành tệp được viết như 2020-05-07 hoặc 2020-05-07T15:00:00Z.',
  },
  IMPORT_RUNNING: {
    status: 409,
    retryable: true,
    en: 'Another import is running. Try again when it is done.',
    vi: 'Một lần nhập khác đang chạy. Hãy thử lại khi xong.',
  },
} satisfies Record<string, Message>;
