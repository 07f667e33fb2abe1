import type { Locale } from '../../platform/errors/codes.js';
import type { LobbyingClause, Terms } from './terms.rules.js';

/** What a person would sign: the terms with everything they depend on, in plain text. */
export interface TermsDocument {
  readonly agreementId: string;
  readonly revision: number;
  readonly funderName: string;
  readonly granteeName: string;
  /** Where its days end. */
  readonly timeZone: string;
  readonly terms: Terms;
  /** Writes an amount of the terms' currency as a decimal: rules know no table of currencies. */
  readonly decimal: (minor: bigint) => string;
}

interface Words {
  readonly title: string;
  readonly revision: string;
  readonly funder: string;
  readonly grantee: string;
  readonly sponsor: string;
  readonly sponsorsPart: string;
  readonly committed: string;
  readonly use: string;
  readonly sponsoredUse: string;
  readonly term: (from: string, to: string) => string;
  readonly awarded: string;
  readonly installments: string;
  readonly installment: (number: number, day: string, amount: string) => string;
  readonly reports: string;
  readonly noReports: string;
  readonly payment: string;
  readonly response: (days: number) => string;
  readonly notice: (days: number) => string;
  readonly lobbying: Readonly<Record<LobbyingClause, string>>;
  readonly reason: string;
  readonly note: string;
  readonly timeZone: string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'GRANT AGREEMENT',
    revision: 'Revision',
    funder: 'Funder',
    grantee: 'Grantee',
    sponsor: 'Fiscal sponsor',
    sponsorsPart: "The sponsor receives the money for the grantee; reports are the grantee's.",
    committed: 'The funder promises',
    use: 'The money is unrestricted: the grantee uses it as it finds right.',
    sponsoredUse: 'The money is for the sponsored project, and otherwise unrestricted.',
    term: (from, to) => `Term: ${from} to ${to}`,
    awarded: 'Awarded on',
    installments: 'Installments',
    installment: (number, day, amount) => `${number}. ${amount}, due on ${day}`,
    reports: 'The funder hopes for a report, in the form the grantee chooses, by',
    noReports: 'No report is expected.',
    payment: 'Payment does not depend on a report.',
    response: (days) => `The funder answers each report within ${days} days.`,
    notice: (days) =>
      `A change to the grantee's disadvantage needs the grantee's consent and ${days} days of notice. Silence is not consent.`,
    lobbying: {
      NONE: 'Nothing is agreed about lobbying.',
      NOT_EARMARKED: 'No part of the money is earmarked for lobbying.',
      PROHIBITED: 'The money is not used for lobbying.',
    },
    reason: 'Reason',
    note: 'Note',
    timeZone: 'Days end in the time zone',
  },
  vi: {
    title: 'THỎA THUẬN TÀI TRỢ',
    revision: 'Bản số',
    funder: 'Bên tài trợ',
    grantee: 'Bên nhận tài trợ',
    sponsor: 'Bên bảo trợ tài chính',
    sponsorsPart: 'Bên bảo trợ nhận tiền thay cho bên nhận; báo cáo là của bên nhận.',
    committed: 'Bên tài trợ cam kết',
    use: 'Khoản tiền không bị giới hạn mục đích: bên nhận sử dụng theo cách mình thấy đúng.',
    sponsoredUse: 'Khoản tiền dành cho dự án được bảo trợ, ngoài ra không bị giới hạn mục đích.',
    term: (from, to) => `Thời hạn: từ ${from} đến ${to}`,
    awarded: 'Ngày quyết định tài trợ',
    installments: 'Các đợt chi trả',
    installment: (number, day, amount) => `${number}. ${amount}, đến hạn ngày ${day}`,
    reports: 'Bên tài trợ mong nhận báo cáo, theo hình thức bên nhận chọn, trước hoặc vào ngày',
    noReports: 'Không yêu cầu báo cáo.',
    payment: 'Việc chi trả không phụ thuộc vào báo cáo.',
    response: (days) => `Bên tài trợ trả lời mỗi báo cáo trong vòng ${days} ngày.`,
    notice: (days) =>
      `Thay đổi bất lợi cho bên nhận cần sự đồng ý của bên nhận và báo trước ${days} ngày. Im lặng không phải là đồng ý.`,
    lobbying: {
      NONE: 'Không có thỏa thuận về vận động chính sách.',
      NOT_EARMARKED: 'Không phần nào của khoản tiền được dành riêng cho vận động chính sách.',
      PROHIBITED: 'Khoản tiền không được dùng cho vận động chính sách.',
    },
    reason: 'Lý do',
    note: 'Ghi chú',
    timeZone: 'Ngày kết thúc theo múi giờ',
  },
};

/** The same document always gives the same text, so that its digest proves what was agreed to. */
export function renderTerms(document: TermsDocument, locale: Locale): string {
  const words = WORDS[locale];
  const { terms, decimal } = document;
  const money = (minor: bigint): string => `${decimal(minor)} ${terms.currency}`;
  const reports =
    terms.expectations.length === 0
      ? [words.noReports]
      : [`${words.reports}:`, ...terms.expectations.map((day) => `- ${day}`)];
  return [
    words.title,
    document.agreementId,
    `${words.revision} ${document.revision}`,
    '',
    `${words.funder}: ${document.funderName}`,
    `${words.grantee}: ${document.granteeName}`,
    ...(terms.fiscalSponsor === null ? [] : [`${words.sponsor}: ${terms.fiscalSponsor.name}`]),
    '',
    `${words.committed}: ${money(terms.committedMinor)}`,
    terms.restriction === 'SPONSORED_PROJECT' ? words.sponsoredUse : words.use,
    ...(terms.fiscalSponsor === null ? [] : [words.sponsorsPart]),
    words.term(terms.startsOn, terms.endsOn),
    ...(terms.awardedOn === null ? [] : [`${words.awarded}: ${terms.awardedOn}`]),
    '',
    `${words.installments}:`,
    ...terms.installments.map(({ dueOn, amountMinor }, i) => words.installment(i + 1, dueOn, money(amountMinor))),
    '',
    ...reports,
    words.payment,
    words.response(terms.responseDays),
    words.notice(terms.noticeDays),
    words.lobbying[terms.lobbyingClause],
    ...(terms.lobbyingReason === null ? [] : [`${words.reason}: ${terms.lobbyingReason}`]),
    ...(terms.note === null ? [] : ['', `${words.note}: ${terms.note}`]),
    '',
    `${words.timeZone} ${document.timeZone}.`,
    '',
  ].join('\n');
}

/** What is kept and hashed at acceptance: both languages in one document. */
export function renderAgreed(document: TermsDocument): string {
  return `${renderTerms(document, 'en')}\n${renderTerms(document, 'vi')}`;
}
