import type { Locale } from '../../platform/errors/codes.js';

type Words = Readonly<Record<Locale, string>>;

/** The types of CSVW that are used here. */
export type Datatype = 'string' | 'date' | 'integer' | 'decimal';

/** A list of codes that the dictionary holds. */
export type CodeList = 'view' | 'kind' | 'category' | 'region';

/** A column of every CSV file, and the same field of the JSON files. */
export interface Column {
  readonly name: string;
  readonly json: string;
  readonly datatype: Datatype;
  /** A regular expression that each value of the column matches. */
  readonly format?: string;
  /** Whether each row has a value. An empty cell is null in JSON. */
  readonly isRequired: boolean;
  readonly title: Words;
  readonly description: Words;
  readonly unit?: Words;
  readonly codes?: CodeList;
}

const ORGANIZATIONS: Words = { en: 'organizations', vi: 'tổ chức' };
/** No spreadsheet and no library takes what begins like this for a number. */
export const REGION_PREFIX = 'M49:';

/** In the order of the files. What people, programs and the API's documentation are told of a column is told here. */
export const COLUMNS: readonly Column[] = [
  {
    name: 'period',
    json: 'period',
    datatype: 'string',
    format: '[0-9]{4}(-Q[1-4])?',
    isRequired: true,
    title: { en: 'Period', vi: 'Kỳ' },
    description: {
      en: 'A quarter such as 2026-Q3, or a year such as 2026, of the calendar in UTC: when the obstacle was logged.',
      vi: 'Một quý như 2026-Q3 hoặc một năm như 2026, theo lịch UTC: thời gian trở ngại được ghi.',
    },
  },
  {
    name: 'starts_on',
    json: 'startsOn',
    datatype: 'date',
    isRequired: true,
    title: { en: 'First day', vi: 'Ngày đầu' },
    description: { en: 'The first day of the period.', vi: 'Ngày đầu tiên của kỳ.' },
  },
  {
    name: 'ends_on',
    json: 'endsOn',
    datatype: 'date',
    isRequired: true,
    title: { en: 'Last day', vi: 'Ngày cuối' },
    description: { en: 'The last day of the period that counts.', vi: 'Ngày cuối cùng được tính của kỳ.' },
  },
  {
    name: 'view',
    json: 'view',
    datatype: 'string',
    isRequired: true,
    title: { en: 'View', vi: 'Bảng' },
    description: { en: 'What is counted by.', vi: 'Số liệu được đếm theo gì.' },
    codes: 'view',
  },
  {
    name: 'kind',
    json: 'kind',
    datatype: 'string',
    isRequired: true,
    title: { en: 'Kind', vi: 'Nhóm' },
    description: { en: 'Where the obstacle comes from.', vi: 'Trở ngại đến từ đâu.' },
    codes: 'kind',
  },
  {
    name: 'category',
    json: 'category',
    datatype: 'string',
    isRequired: false,
    title: { en: 'Category', vi: 'Loại' },
    description: {
      en: 'The category that the organization reported most. Empty in the other views.',
      vi: 'Loại trở ngại mà tổ chức báo cáo nhiều nhất. Để trống trong các bảng khác.',
    },
    codes: 'category',
  },
  {
    name: 'region',
    json: 'region',
    datatype: 'string',
    format: 'M49:[0-9]{3}',
    isRequired: false,
    title: { en: 'Region', vi: 'Khu vực' },
    description: {
      en: 'The sub-region (UN M49) in which the organization was at the end of the year. CSV writes M49:035, so that no spreadsheet makes 35 of it; JSON writes "035". Empty for the other regions together, and in the other views.',
      vi: 'Tiểu khu vực (UN M49) nơi tổ chức hoạt động vào cuối năm. CSV ghi M49:035 để bảng tính không đổi thành 35; JSON ghi "035". Để trống đối với các khu vực khác gộp chung, và trong các bảng khác.',
    },
    codes: 'region',
  },
  {
    name: 'funder_id',
    json: 'funderId',
    datatype: 'string',
    format: 'fun_[0-9a-f]{32}',
    isRequired: false,
    title: { en: 'Funder', vi: 'Nhà tài trợ' },
    description: {
      en: 'The id of the funder in the API. Empty for the other funders together, and in the other views.',
      vi: 'Mã của nhà tài trợ trong API. Để trống đối với các nhà tài trợ khác gộp chung, và trong các bảng khác.',
    },
  },
  {
    name: 'label_en',
    json: 'labelEn',
    datatype: 'string',
    isRequired: true,
    title: { en: 'Label, English', vi: 'Nhãn tiếng Anh' },
    description: {
      en: 'The English name of the category, region or funder when the release was sealed. In CSV a name that a spreadsheet would run as a formula has an apostrophe before it.',
      vi: 'Tên tiếng Anh của loại, khu vực hoặc nhà tài trợ khi số liệu được niêm phong. Trong CSV, tên mà bảng tính sẽ chạy như công thức có dấu nháy đơn đứng trước.',
    },
  },
  {
    name: 'label_vi',
    json: 'labelVi',
    datatype: 'string',
    isRequired: true,
    title: { en: 'Label, Vietnamese', vi: 'Nhãn tiếng Việt' },
    description: {
      en: 'The Vietnamese name of the same.',
      vi: 'Tên tiếng Việt của loại, khu vực hoặc nhà tài trợ đó.',
    },
  },
  {
    name: 'value',
    json: 'value',
    datatype: 'integer',
    isRequired: true,
    title: { en: 'Value', vi: 'Giá trị' },
    description: {
      en: 'How many organizations, signed, with the noise in it: it can be below zero. Make sums and shares of these, negative ones included.',
      vi: 'Số tổ chức, có dấu, đã gồm số ngẫu nhiên: có thể nhỏ hơn không. Hãy tính tổng và tỷ lệ từ các số này, kể cả số âm.',
    },
    unit: ORGANIZATIONS,
  },
  {
    name: 'lower_95',
    json: 'lower95',
    datatype: 'integer',
    isRequired: true,
    title: { en: 'Lower end', vi: 'Cận dưới' },
    description: {
      en: 'The lower end of the interval that holds the true count with 95 % probability.',
      vi: 'Cận dưới của khoảng chứa số đếm thật với xác suất 95 %.',
    },
    unit: ORGANIZATIONS,
  },
  {
    name: 'upper_95',
    json: 'upper95',
    datatype: 'integer',
    isRequired: true,
    title: { en: 'Upper end', vi: 'Cận trên' },
    description: {
      en: 'The upper end of the interval that holds the true count with 95 % probability.',
      vi: 'Cận trên của khoảng chứa số đếm thật với xác suất 95 %.',
    },
    unit: ORGANIZATIONS,
  },
  {
    name: 'threshold',
    json: 'threshold',
    datatype: 'integer',
    isRequired: true,
    title: { en: 'Threshold', vi: 'Ngưỡng' },
    description: {
      en: 'A value below it could be noise alone: show "fewer than" it to people.',
      vi: 'Giá trị dưới ngưỡng này có thể chỉ là số ngẫu nhiên: hãy cho người đọc thấy "dưới" ngưỡng.',
    },
    unit: ORGANIZATIONS,
  },
  {
    name: 'epsilon',
    json: 'epsilon',
    datatype: 'decimal',
    isRequired: true,
    title: { en: 'Epsilon', vi: 'Epsilon' },
    description: {
      en: 'The parameter of the noise: P(X = x) is proportional to e^(-epsilon |x|). The smaller it is, the more noise.',
      vi: 'Tham số của số ngẫu nhiên: P(X = x) tỷ lệ với e^(-epsilon |x|). Tham số càng nhỏ, số ngẫu nhiên càng lớn.',
    },
  },
];

/** What OpenAPI says of a field of the JSON files. */
export function descriptionOf(json: string): string {
  return COLUMNS.find((column) => column.json === json)!.description.en;
}
