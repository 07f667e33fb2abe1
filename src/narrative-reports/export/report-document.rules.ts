import { FORMATS } from '../../platform/errors/words.rules.js';
import { questionOf } from '../reports/report-content.rules.js';
import type { ReportContent, ReportSection } from '../reports/report-content.rules.js';
import { markdownLine, markdownPath, markdownText } from './markdown.rules.js';

type Language = 'en' | 'vi';
type ResponseKind = 'LEARNED' | 'QUESTION' | 'HELP_OFFERED';

/** A file of a report, as the export holds it. */
export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly isVisible: boolean;
  /** The first and the last version of the text it belongs to; no last one while it still does. */
  readonly addedIn: number;
  readonly removedIn: number | null;
  /** From the folder of the report's document. */
  readonly path: string;
}

export interface ExportedReport {
  readonly id: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly clientSubmissionId: string | null;
}

export interface ExportedShare {
  readonly id: string;
  readonly agreementId: string;
  readonly funder: string;
  readonly version: number;
  readonly sections: readonly Pick<ReportSection, 'prompt' | 'question'>[];
  readonly files: readonly string[];
  readonly sharedAt: Date;
  readonly respondBy: string;
  readonly unsharedAt: Date | null;
  readonly response: { readonly kind: ResponseKind; readonly text: string; readonly at: Date } | null;
}

const WORDS = {
  report: { en: 'Report', vi: 'Báo cáo' },
  draft: { en: 'Draft', vi: 'Bản nháp' },
  version: { en: 'Version', vi: 'Phiên bản' },
  id: { en: 'Id', vi: 'Mã' },
  created: { en: 'Begun', vi: 'Bắt đầu' },
  submitted: { en: 'Submitted', vi: 'Đã gửi' },
  submissionId: { en: 'Submission id', vi: 'Mã gửi' },
  format: { en: 'Format', vi: 'Hình thức' },
  language: { en: 'Language', vi: 'Ngôn ngữ' },
  period: { en: 'Period', vi: 'Giai đoạn' },
  minutes: { en: 'Minutes spent', vi: 'Số phút đã dùng' },
  people: { en: 'People involved', vi: 'Số người tham gia' },
  hidden: { en: 'not in shares', vi: 'không chia sẻ' },
  links: { en: 'Links', vi: 'Liên kết' },
  conversation: { en: 'Conversation', vi: 'Cuộc trò chuyện' },
  files: { en: 'Files', vi: 'Tệp' },
  shared: { en: 'Shared with', vi: 'Đã chia sẻ với' },
  agreement: { en: 'Agreement', vi: 'Thỏa thuận' },
  respondBy: { en: 'Answer due', vi: 'Hạn trả lời' },
  unshared: { en: 'No longer shared since', vi: 'Ngừng chia sẻ từ' },
  saw: { en: 'What it was shown', vi: 'Nội dung được xem' },
  answer: { en: 'Its answer', vi: 'Câu trả lời' },
  minutesShort: { en: 'minutes', vi: 'phút' },
  ofUs: { en: 'of us', vi: 'người phía chúng tôi' },
  ofFunder: { en: 'of the funder', vi: 'người phía bên tài trợ' },
  LEARNED: { en: 'learned from it', vi: 'đã học được' },
  QUESTION: { en: 'a question', vi: 'một câu hỏi' },
  HELP_OFFERED: { en: 'offers help', vi: 'đề nghị giúp đỡ' },
} as const satisfies Record<string, Record<Language, string>>;
type Word = keyof typeof WORDS;

const fact = (language: Language, word: Word, value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : `- ${WORDS[word][language]}: ${markdownLine(String(value))}\n`;

export function reportHead(report: ExportedReport, language: Language): string {
  return [
    `# ${WORDS.report[language]} ${markdownLine(report.createdAt.toISOString().slice(0, 10))}\n\n`,
    fact(language, 'id', report.id),
    fact(language, 'created', report.createdAt.toISOString()),
    fact(language, 'submitted', report.submittedAt?.toISOString()),
    fact(language, 'submissionId', report.clientSubmissionId),
  ].join('');
}

/** One version of the text; without a number it is a draft. */
export function versionText(
  content: ReportContent,
  version: { readonly number: number; readonly submittedAt: Date } | null,
  language: Language,
): string {
  const heading = version
    ? `${WORDS.version[language]} ${version.number}, ${version.submittedAt.toISOString()}`
    : WORDS.draft[language];
  const { periodStart, periodEnd, conversation, links = [] } = content;
  return [
    `\n## ${markdownLine(heading)}\n\n`,
    fact(language, 'format', FORMATS[content.format][language]),
    fact(language, 'language', content.language),
    fact(language, 'period', periodStart && `${periodStart} / ${periodEnd}`),
    fact(language, 'minutes', content.minutesSpent),
    fact(language, 'people', content.peopleInvolved),
    ...content.sections.map((section) => sectionText(section, language)),
    conversation ? conversationText(conversation, language) : '',
    links.length > 0 ? `\n### ${WORDS.links[language]}\n\n` : '',
    ...links.map(({ url, label }) => `- ${markdownLine([label, url].filter(Boolean).join(' '))}\n`),
  ].join('');
}

function sectionText(section: ReportSection, language: Language): string {
  const hidden = section.isVisible ? '' : ` (${WORDS.hidden[language]})`;
  return `\n### ${markdownLine(questionOf(section, language))}${hidden}\n\n${markdownText(section.text)}\n`;
}

export type ExportedConversation = NonNullable<ReportContent['conversation']>;

export function conversationText(conversation: ExportedConversation, language: Language): string {
  const { heldOn, minutes, granteePeople, funderPeople, notes } = conversation;
  const people = `${granteePeople} ${WORDS.ofUs[language]}, ${funderPeople} ${WORDS.ofFunder[language]}`;
  const about = `${heldOn}, ${minutes} ${WORDS.minutesShort[language]}, ${people}`;
  return `\n### ${WORDS.conversation[language]} (${markdownLine(about)})\n\n${markdownText(notes)}\n`;
}

export function filesText(files: readonly ExportedFile[], language: Language): string {
  if (files.length === 0) return '';
  const lines = files.map(({ name, mediaType, size, sha256, isVisible, addedIn, removedIn, path }) => {
    const versions = `${WORDS.version[language]} ${addedIn}–${removedIn === null ? '' : removedIn - 1}`;
    const facts = [
      mediaType,
      `${size} B`,
      `SHA-256 ${sha256}`,
      versions,
      ...(isVisible ? [] : [WORDS.hidden[language]]),
    ];
    return `- [${markdownLine(name)}](${markdownPath(path)}) (${markdownLine(facts.join(', '))})\n`;
  });
  return `\n## ${WORDS.files[language]}\n\n${lines.join('')}`;
}

export function shareText(share: ExportedShare, language: Language): string {
  const { response } = share;
  const seen = [...share.sections.map((section) => questionOf(section, language)), ...share.files];
  return [
    `\n## ${WORDS.shared[language]} ${markdownLine(share.funder)}, ${markdownLine(share.sharedAt.toISOString())}\n\n`,
    fact(language, 'id', share.id),
    fact(language, 'agreement', share.agreementId),
    fact(language, 'version', share.version),
    fact(language, 'saw', seen.join('; ')),
    fact(language, 'respondBy', share.respondBy),
    fact(language, 'unshared', share.unsharedAt?.toISOString()),
    response
      ? `\n### ${WORDS.answer[language]}: ${markdownLine(`${WORDS[response.kind][language]}, ${response.at.toISOString()}`)}\n\n${markdownText(response.text)}\n`
      : '',
  ].join('');
}

const README = {
  en: `# What your organization wrote

One document for each report, with every version of its text, its files, whom it was shared with, what they answered and
what was said after that. Notes of conversations lie in \`conversations\`, each text in its writer's name. Files lie in \`attachments\`, in a folder for each report. Words of a report are shown as they were written and are never a
link or a command.
`,
  vi: `# Những gì tổ chức của bạn đã viết

Mỗi báo cáo là một tài liệu, gồm mọi phiên bản, các tệp, những bên đã được chia sẻ, câu trả lời của họ và trao đổi sau đó.
Ghi chép các cuộc trò chuyện nằm trong \`conversations\`, mỗi bản ghi rõ người viết. Tệp nằm trong
\`attachments\`, mỗi báo cáo một thư mục. Lời trong báo cáo được giữ nguyên, không bao giờ thành liên kết hay lệnh.
`,
} as const satisfies Record<Language, string>;

export function readmeText(at: Date, language: Language): string {
  return `${README[language]}\n${markdownLine(at.toISOString())}\n`;
}
