import { kindLabel } from '../labels/kind-label.rules.js';
import type { Locale } from '../../platform/errors/codes.js';
import { SLUGS } from '../published/release-view.rules.js';
import type { View } from '../views.rules.js';
import { KINDS, VIEWS } from '../views.rules.js';
import type { CodeList, Column } from './columns.rules.js';
import { COLUMNS, REGION_PREFIX } from './columns.rules.js';

type Words = Readonly<Record<Locale, string>>;

export interface Code {
  /** As JSON and GraphQL write it. */
  readonly code: string;
  /** As CSV writes it, where that is another text. */
  readonly csv?: string;
  readonly label: Words;
  /** What a category is made of. */
  readonly obstacleCodes?: readonly string[];
  /** What a region is made of: ISO 3166-1, two letters. */
  readonly countries?: readonly string[];
}
export type DictionaryCodes = Readonly<Record<CodeList, readonly Code[]>>;

interface Labeled {
  readonly code: string;
  readonly labelEn: string;
  readonly labelVi: string;
}

const VIEW_LABELS: Readonly<Record<View, Words>> = {
  CATEGORY: {
    en: 'Each quarter, organizations by the category of obstacle that each reported most.',
    vi: 'Mỗi quý, số tổ chức theo loại trở ngại mà mỗi tổ chức báo cáo nhiều nhất.',
  },
  KIND_BY_REGION: {
    en: 'Each year, organizations by region and by the kind of obstacle that each reported most.',
    vi: 'Mỗi năm, số tổ chức theo khu vực và theo nhóm trở ngại mà mỗi tổ chức báo cáo nhiều nhất.',
  },
  FUNDER: {
    en: 'Each year, organizations that named a funder as the cause, by funder. Never ranked.',
    vi: 'Mỗi năm, số tổ chức nêu một nhà tài trợ là nguyên nhân, theo nhà tài trợ. Không bao giờ xếp hạng.',
  },
};

export function codesOf(
  categories: readonly (Labeled & Pick<Code, 'obstacleCodes'>)[],
  regions: readonly (Labeled & Pick<Code, 'countries'>)[],
): DictionaryCodes {
  return {
    view: VIEWS.map((code) => ({ code, label: VIEW_LABELS[code] })),
    kind: KINDS.map((code) => ({ code, label: { en: kindLabel(code, 'en'), vi: kindLabel(code, 'vi') } })),
    category: categories.map(({ code, obstacleCodes, ...labels }) => ({ code, label: wordsOf(labels), obstacleCodes })),
    region: regions.map(({ code, countries, ...labels }) => ({
      code,
      csv: `${REGION_PREFIX}${code}`,
      label: wordsOf(labels),
      countries,
    })),
  };
}

function wordsOf({ labelEn, labelVi }: Omit<Labeled, 'code'>): Words {
  return { en: labelEn, vi: labelVi };
}

/** For programs. `/insights/dictionary` is the same for people. */
export function dictionary(codes: DictionaryCodes) {
  return {
    files: VIEWS.map((view) => ({
      view,
      description: VIEW_LABELS[view],
      csv: `/v1/statistics/{period}/${SLUGS[view]}.csv`,
      json: `/v1/statistics/{period}/${SLUGS[view]}.json`,
      all: `/v1/statistics/all/${SLUGS[view]}.csv`,
    })),
    columns: COLUMNS.map(({ name, json, datatype, format, isRequired, title, description, unit, codes: list }) => ({
      name,
      json,
      datatype,
      format: format ?? null,
      required: isRequired,
      title,
      description,
      unit: unit ?? null,
      codes: list ? codes[list] : null,
    })),
  };
}

/**
 * What a CSV file says of itself by the W3C's "Metadata Vocabulary for Tabular Data": found by its address beside the file, and
 * by the file's `Link` header. It says that a region is a text.
 */
export function csvMetadata(slug: string) {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    url: `${slug}.csv`,
    'rdfs:seeAlso': [{ '@id': '/v1/statistics/dictionary.json' }, { '@id': '/insights/dictionary' }],
    dialect: { encoding: 'utf-8', header: true, delimiter: ',', quoteChar: '"', lineTerminators: ['\r\n'] },
    tableSchema: { columns: COLUMNS.map(columnMetadata) },
  };
}

function columnMetadata({ name, datatype, format, isRequired, title, description, unit }: Column) {
  return {
    name,
    titles: name,
    datatype: format ? { base: datatype, format } : datatype,
    required: isRequired,
    'dc:title': inLanguages(title),
    'dc:description': inLanguages(description),
    ...(unit && { 'schema:unitText': inLanguages(unit) }),
  };
}

function inLanguages({ en, vi }: Words) {
  return [
    { '@value': en, '@language': 'en' },
    { '@value': vi, '@language': 'vi' },
  ];
}
