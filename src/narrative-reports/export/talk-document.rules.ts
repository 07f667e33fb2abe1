import { markdownLine, markdownText } from './markdown.rules.js';
import type { ExportedConversation } from './report-document.rules.js';
import { conversationText } from './report-document.rules.js';

type Language = 'en' | 'vi';
type Side = 'FUNDER' | 'GRANTEE';

/** What was said after an answer: a reply of either side, or the grantee's word on whether the answer helped. */
export interface ExportedWord {
  readonly at: Date;
  readonly author: Side;
  readonly text: string | null;
  readonly helped: boolean | null;
}

export interface ExportedNotes {
  readonly id: string;
  readonly agreementId: string;
  readonly funder: string;
  readonly draftedAt: Date;
  readonly confirmedAt: Date | null;
  readonly reportId: string | null;
}

export interface ExportedNotesVersion {
  readonly number: number;
  readonly writtenBy: Side;
  readonly writtenAt: Date;
  readonly content: ExportedConversation;
}

const WORDS = {
  FUNDER: { en: 'The funder', vi: 'Bên tài trợ' },
  GRANTEE: { en: 'We', vi: 'Chúng tôi' },
  helped: { en: 'the answer helped', vi: 'câu trả lời có ích' },
  helpedNot: { en: 'the answer did not help', vi: 'câu trả lời không có ích' },
  notes: { en: 'Notes of a conversation with', vi: 'Ghi chép cuộc trò chuyện với' },
  id: { en: 'Id', vi: 'Mã' },
  agreement: { en: 'Agreement', vi: 'Thỏa thuận' },
  begun: { en: 'Begun', vi: 'Bắt đầu' },
  confirmed: { en: 'Confirmed', vi: 'Đã xác nhận' },
  report: { en: 'Report', vi: 'Báo cáo' },
  version: { en: 'Version', vi: 'Phiên bản' },
} as const satisfies Record<string, Record<Language, string>>;

export function wordText({ at, author, text, helped }: ExportedWord, language: Language): string {
  const rated = helped === null ? '' : `: ${WORDS[helped ? 'helped' : 'helpedNot'][language]}`;
  const heading = `${WORDS[author][language]}${rated}, ${at.toISOString()}`;
  return `\n#### ${markdownLine(heading)}\n${text === null ? '' : `\n${markdownText(text)}\n`}`;
}

export function notesHead(notes: ExportedNotes, language: Language): string {
  const facts = [
    ['id', notes.id],
    ['agreement', notes.agreementId],
    ['begun', notes.draftedAt.toISOString()],
    ['confirmed', notes.confirmedAt?.toISOString()],
    ['report', notes.reportId],
  ] as const;
  const lines = facts.flatMap(([word, value]) =>
    value == null ? [] : [`- ${WORDS[word][language]}: ${markdownLine(value)}\n`],
  );
  return `# ${WORDS.notes[language]} ${markdownLine(notes.funder)}\n\n${lines.join('')}`;
}

/** Each text in its writer's name, as it was kept. */
export function notesVersionText(version: ExportedNotesVersion, language: Language): string {
  const { number, writtenBy, writtenAt, content } = version;
  const heading = `${WORDS.version[language]} ${number}: ${WORDS[writtenBy][language]}, ${writtenAt.toISOString()}`;
  return `\n## ${markdownLine(heading)}\n${conversationText(content, language)}`;
}
