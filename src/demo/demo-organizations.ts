/** Whose keys the demo shows, and the names it gives them. */
export const SHOWN = ['steward', 'funder', 'secondFunder', 'grantee', 'secondGrantee', 'analyst'] as const;
export type Shown = (typeof SHOWN)[number];

/** Organizations by the part they play; all are invented, and so are their identifiers (no country has the code XX). */
export const ORGANIZATIONS = {
  funder: {
    name: 'Moonlit River Foundation',
    otherNames: ['Quỹ Sông Trăng'],
    country: 'GB',
    locale: 'en',
    timeZone: 'Europe/London',
    website: 'https://moonlit-river.example',
    identifiers: [{ scheme: 'XX-DEMO', value: '1001' }],
    contact: { person: 'Ada Merriweather', email: 'grants@moonlit-river.example' },
    funder: { mission: 'Money early, questions few, answers on time.', responseDays: 21 },
  },
  secondFunder: {
    name: 'Tern & Tide Trust',
    country: 'IE',
    locale: 'en',
    timeZone: 'Europe/Dublin',
    website: 'https://tern-and-tide.example',
    identifiers: [{ scheme: 'XX-DEMO', value: '1002' }],
    contact: { person: 'Oisín Farrelly-Voss', email: 'hello@tern-and-tide.example' },
    funder: { mission: 'Coasts, and the people who live on them.', noticeDays: 540 },
  },
  // It funds with what it receives: one organization with two faces.
  community: {
    name: 'Quỹ Cộng đồng Cửa Sông',
    otherNames: ['River Mouth Community Foundation'],
    country: 'VN',
    locale: 'vi',
    timeZone: 'Asia/Ho_Chi_Minh',
    identifiers: [{ scheme: 'XX-DEMO', value: '1003' }],
    contact: { person: 'Lâm Thị Bích Vân', email: 'lienhe@cuasong.example' },
    funder: { mission: 'Tiền đến trong vài giờ khi nước lên.', responseDays: 14 },
    grantee: { legalForm: 'REGISTERED', place: 'Cửa Sông' },
  },
  grantee: {
    name: 'Hội Làm vườn Bãi Bồi',
    otherNames: ['Mudflat Gardeners’ Association'],
    country: 'VN',
    locale: 'vi',
    timeZone: 'Asia/Ho_Chi_Minh',
    identifiers: [{ scheme: 'XX-DEMO', value: '2001' }],
    contact: { person: 'Trần Thị Mận', email: 'vuon@baiboi.example' },
    grantee: { legalForm: 'REGISTERED', place: 'Bãi Bồi' },
  },
  secondGrantee: {
    name: 'Trung tâm Học nghề Đom Đóm',
    otherNames: ['Firefly Trade School'],
    country: 'VN',
    locale: 'vi',
    timeZone: 'Asia/Ho_Chi_Minh',
    identifiers: [{ scheme: 'XX-DEMO', value: '2002' }],
    contact: { person: 'Phan Quốc Đạt', email: 'hoc@domdom.example' },
    grantee: { legalForm: 'REGISTERED', place: 'Xóm Đèn' },
  },
  cooperative: {
    name: 'Open Loom Cooperative',
    country: 'KE',
    locale: 'en',
    timeZone: 'Africa/Nairobi',
    identifiers: [{ scheme: 'XX-DEMO', value: '2003' }],
    contact: { person: 'Wanjiru Achieng-Otto', email: 'weave@open-loom.example' },
    grantee: { legalForm: 'REGISTERED', place: 'Loom Street' },
  },
} as const;
export type Organization = keyof typeof ORGANIZATIONS;

/** Its fiscal sponsor is added when it is registered. */
export const SPONSORED = {
  name: 'Lớp học trên Thuyền',
  otherNames: ['Boat Classroom'],
  country: 'VN',
  locale: 'vi',
  timeZone: 'Asia/Ho_Chi_Minh',
  identifiers: [{ scheme: 'XX-DEMO', value: '2004' }],
  contact: { person: 'Đỗ Hải Yến', email: 'thuyen@lophoc.example' },
};

/** Neighbors with boats: no registration, no identifier, invited by the community foundation. */
export const FLOOD_GROUP = {
  name: 'Nhóm Cứu trợ Lũ Xóm Cồn',
  place: 'Xóm Cồn',
  country: 'VN',
  locale: 'vi',
  contact: { person: 'Út Lành', phone: '+84 000 000 000' },
};

/** The keys the network is told with: who they act for, and as what. */
export const KEYS = {
  funder: { of: 'funder', role: 'FUNDER' },
  secondFunder: { of: 'secondFunder', role: 'FUNDER' },
  grantee: { of: 'grantee', role: 'GRANTEE' },
  secondGrantee: { of: 'secondGrantee', role: 'GRANTEE' },
  analyst: { of: null, role: 'ANALYST' },
  communityFunder: { of: 'community', role: 'FUNDER' },
  communityGrantee: { of: 'community', role: 'GRANTEE' },
  cooperative: { of: 'cooperative', role: 'GRANTEE' },
} as const satisfies Record<string, { of: Organization | null; role: string }>;
export type KeyName = keyof typeof KEYS;
