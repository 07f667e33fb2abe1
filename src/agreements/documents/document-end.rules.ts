import type { Locale } from '../../platform/errors/codes.js';
import type { Block } from './plain-document.rules.js';

/** What became of a revision: it stands below the text, and is no part of what is agreed to and hashed. */
export type RevisionStanding =
  | { readonly kind: 'HIDDEN' }
  | { readonly kind: 'OFFERED'; readonly at: Date }
  | {
      readonly kind: 'AGREED';
      readonly at: Date;
      /** Who accepted the first agreed revision; what amendments made of it was agreed to as amendments. */
      readonly people: readonly {
        readonly side: 'grantee' | 'sponsor';
        readonly name: string;
        readonly title: string;
      }[];
      readonly digest: string | null;
    };

interface Words {
  readonly agreed: string;
  readonly agreedAt: string;
  readonly acceptedFor: Readonly<Record<'grantee' | 'sponsor', string>>;
  readonly digest: string;
  readonly signatures: string;
  readonly hidden: string;
  readonly offered: (at: string) => string;
  readonly forFunder: string;
  readonly forGrantee: string;
  readonly forSponsor: string;
  readonly person: string;
  readonly signature: string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    agreed: 'Agreed',
    agreedAt: 'Agreed at',
    acceptedFor: { grantee: 'Accepted for the grantee by', sponsor: 'Accepted for the fiscal sponsor by' },
    digest: 'SHA-256 of the agreed text, in both languages',
    signatures: 'Signatures',
    hidden: 'This revision was not offered: only the funder sees it, and it binds nobody.',
    offered: (at) => `Offered at ${at}. It binds nobody before it is accepted.`,
    forFunder: 'For the funder',
    forGrantee: 'For the grantee',
    forSponsor: 'For the fiscal sponsor',
    person: 'Name and title',
    signature: 'Date and signature',
  },
  vi: {
    agreed: 'Đã thỏa thuận',
    agreedAt: 'Thỏa thuận lúc',
    acceptedFor: { grantee: 'Người chấp nhận thay mặt bên nhận', sponsor: 'Người chấp nhận thay mặt bên bảo trợ' },
    digest: 'SHA-256 của văn bản đã thỏa thuận, gồm cả hai ngôn ngữ',
    signatures: 'Chữ ký',
    hidden: 'Bản này chưa được đề nghị: chỉ bên tài trợ nhìn thấy và không ràng buộc ai.',
    offered: (at) => `Đề nghị lúc ${at}. Chưa ràng buộc ai trước khi được chấp nhận.`,
    forFunder: 'Thay mặt bên tài trợ',
    forGrantee: 'Thay mặt bên nhận',
    forSponsor: 'Thay mặt bên bảo trợ',
    person: 'Họ tên và chức danh',
    signature: 'Ngày và chữ ký',
  },
};

export interface SigningParties {
  readonly funderName: string;
  readonly granteeName: string;
  readonly sponsorName: string | null;
}

const BLANK = '_'.repeat(40);
const instant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function endBlocks(standing: RevisionStanding, parties: SigningParties, locale: Locale): Block[] {
  const words = WORDS[locale];
  if (standing.kind === 'HIDDEN' || standing.kind === 'OFFERED') {
    const said = standing.kind === 'HIDDEN' ? words.hidden : words.offered(instant(standing.at));
    const lines = (side: string, name: string): Block => ({
      kind: 'terms',
      entries: [
        [side, name],
        [words.person, BLANK],
        [words.signature, BLANK],
      ],
    });
    return [
      { kind: 'heading', text: words.signatures },
      { kind: 'paragraph', text: said },
      lines(words.forFunder, parties.funderName),
      lines(words.forGrantee, parties.granteeName),
      ...(parties.sponsorName === null ? [] : [lines(words.forSponsor, parties.sponsorName)]),
    ];
  }
  const people = standing.people.map(
    ({ side, name, title }) => [words.acceptedFor[side], `${name}, ${title}`] as const,
  );
  const digest = standing.digest === null ? [] : [[words.digest, standing.digest] as const];
  return [
    { kind: 'heading', text: words.agreed },
    { kind: 'terms', entries: [...people, [words.agreedAt, instant(standing.at)], ...digest] },
  ];
}
