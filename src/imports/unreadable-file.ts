import type { Locale } from '../platform/errors/codes.js';

/** What is wrong with a file as a whole, and what to do. `{name}` is filled from the parameters, `{place}` from the place. */
const FILE_WORDS = {
  EMPTY_FILE: { en: 'The file is empty.', vi: 'Tệp trống.' },
  GZIP_FILE: {
    en: 'This looks like a gzip file; unpack it and send the JSON file inside.',
    vi: 'Đây có vẻ là tệp gzip; hãy giải nén và gửi tệp JSON bên trong.',
  },
  ZIP_OR_EXCEL_FILE: {
    en: 'This looks like a ZIP or Excel file; convert the spreadsheet to 360Giving JSON, or unpack the archive, and send that.',
    vi: 'Đây có vẻ là tệp ZIP hoặc Excel; hãy chuyển bảng tính sang 360Giving JSON, hoặc giải nén, rồi gửi kết quả.',
  },
  FORM: {
    en: 'This is a form (multipart/form-data) with the file inside. Send the file itself as the body, as `curl --data-binary @grants.json` does.',
    vi: 'Đây là một biểu mẫu (multipart/form-data) có tệp bên trong. Hãy gửi chính tệp đó làm nội dung, như `curl --data-binary @grants.json`.',
  },
  PDF_FILE: {
    en: 'This looks like a PDF document; send the 360Giving JSON file that the grants were published in.',
    vi: 'Đây có vẻ là tài liệu PDF; hãy gửi tệp 360Giving JSON mà các khoản tài trợ được công bố trong đó.',
  },
  UTF_16_FILE: {
    en: 'This file is encoded as UTF-16 or UTF-32; save it as UTF-8.',
    vi: 'Tệp này được mã hóa bằng UTF-16 hoặc UTF-32; hãy lưu lại bằng UTF-8.',
  },
  IATI_XML_FILE: {
    en: 'This is an IATI file (XML) and not 360Giving JSON. IATI activities cannot be imported; send the grants as a 360Giving JSON file.',
    vi: 'Đây là tệp IATI (XML), không phải 360Giving JSON. Không nhập được hoạt động IATI; hãy gửi các khoản tài trợ dưới dạng tệp 360Giving JSON.',
  },
  HTML_FILE: {
    en: 'This is a web page (HTML) and not a file of grants. Open the address in a browser, save the JSON file that the page leads to, and send that.',
    vi: 'Đây là một trang web (HTML), không phải tệp khoản tài trợ. Hãy mở địa chỉ trong trình duyệt, lưu tệp JSON mà trang dẫn tới và gửi tệp đó.',
  },
  XML_FILE: {
    en: 'This is an XML file and not 360Giving JSON. Convert the grants to a 360Giving JSON file and send that.',
    vi: 'Đây là tệp XML, không phải 360Giving JSON. Hãy chuyển các khoản tài trợ sang tệp 360Giving JSON rồi gửi tệp đó.',
  },
  FLAT_CSV_FILE: {
    en: 'This is a flat 360Giving file (CSV) and not 360Giving JSON. Convert the table with flatten-tool (`flatten-tool unflatten`) or in the 360Giving Data Quality Tool, and send the JSON file that results.',
    vi: 'Đây là tệp 360Giving dạng bảng phẳng (CSV), không phải 360Giving JSON. Hãy chuyển đổi bảng bằng flatten-tool (`flatten-tool unflatten`) hoặc bằng 360Giving Data Quality Tool, rồi gửi tệp JSON thu được.',
  },
  CSV_FILE: {
    en: 'This looks like a table (CSV) and not like JSON. Give its columns the titles of the 360Giving standard, convert the table with flatten-tool (`flatten-tool unflatten`) or in the 360Giving Data Quality Tool, and send the JSON file that results.',
    vi: 'Đây có vẻ là một bảng (CSV), không phải JSON. Hãy đặt tên cột theo chuẩn 360Giving, chuyển đổi bảng bằng flatten-tool (`flatten-tool unflatten`) hoặc bằng 360Giving Data Quality Tool, rồi gửi tệp JSON thu được.',
  },
  FLAT_JSON_FILE: {
    en: 'The rows of this JSON file are flat: they have columns of a table, such as "{column}", where a 360Giving grant has objects. Convert the file with flatten-tool (`flatten-tool unflatten`) or in the 360Giving Data Quality Tool, and send the JSON file that results.',
    vi: 'Các dòng của tệp JSON này ở dạng phẳng: chúng có các cột của một bảng, ví dụ "{column}", ở chỗ khoản tài trợ 360Giving có các đối tượng. Hãy chuyển đổi tệp bằng flatten-tool (`flatten-tool unflatten`) hoặc bằng 360Giving Data Quality Tool, rồi gửi tệp JSON thu được.',
  },
  JSON_LIST_FILE: {
    en: 'The file is a JSON list and not a 360Giving package. Put the list of grants into an object: {"grants": [...]}.',
    vi: 'Tệp là một danh sách JSON, không phải gói 360Giving. Hãy đặt danh sách khoản tài trợ vào một đối tượng: {"grants": [...]}.',
  },
  NOT_UTF_8: {
    en: 'The file is not valid UTF-8; save it as UTF-8. The first wrong character is {place}.',
    vi: 'Tệp không phải UTF-8 hợp lệ; hãy lưu lại bằng UTF-8. Ký tự sai đầu tiên ở {place}.',
  },
  NOT_JSON: {
    en: 'The file is not valid JSON: unexpected {character} {place}.',
    vi: 'Tệp không phải JSON hợp lệ: {character} không đúng chỗ ở {place}.',
  },
  NOT_JSON_HERE: {
    en: 'The file is not valid JSON: something else was expected {place}.',
    vi: 'Tệp không phải JSON hợp lệ: cần một nội dung khác ở {place}.',
  },
  TEXT_AFTER_END: {
    en: 'The file is not valid JSON: more text after the end of the package {place}.',
    vi: 'Tệp không phải JSON hợp lệ: còn nội dung sau khi gói đã kết thúc ở {place}.',
  },
  TRUNCATED: {
    en: 'The file breaks off before its end {place}.',
    vi: 'Tệp bị ngắt trước khi kết thúc ở {place}.',
  },
  NO_GRANTS_LIST: {
    en: 'The file has no list named "grants"; a 360Giving package looks like {"grants": [...]}.',
    vi: 'Tệp không có danh sách tên là "grants"; một gói 360Giving có dạng {"grants": [...]}.',
  },
  REPEATED_GRANTS_LIST: {
    en: 'The file has two lists named "grants"; the second begins {place}.',
    vi: 'Tệp có hai danh sách tên là "grants"; danh sách thứ hai bắt đầu ở {place}.',
  },
  NESTED_TOO_DEEPLY: {
    en: 'The file has values nested more than {limit} levels deep {place}.',
    vi: 'Tệp có giá trị lồng sâu hơn {limit} cấp ở {place}.',
  },
  VALUE_TOO_LARGE: {
    en: 'The file has a value of more than {limit} bytes, which begins {place}.',
    vi: 'Tệp có một giá trị dài hơn {limit} byte, bắt đầu ở {place}.',
  },
} satisfies Record<string, Readonly<Record<Locale, string>>>;

export type FileWords = keyof typeof FILE_WORDS;
/** As callers see it: three ways of being no JSON are one code. */
export type UnreadableFileCode = Exclude<FileWords, 'NOT_JSON_HERE' | 'TEXT_AFTER_END'>;

export const FILE_WORD_CODES = Object.keys(FILE_WORDS) as FileWords[];

/** The byte counts from 0, as a hex editor does; the line from 1, as a text editor does. */
export interface FilePlace {
  readonly byte: number;
  readonly line: number;
}

export type Parameters = Readonly<Record<string, string | number>>;

/** The file as a whole cannot be read (further): no row is to blame. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    private readonly words: FileWords,
    readonly place: FilePlace | null = null,
    private readonly parameters: Parameters = {},
  ) {
    super(sentence(words, 'en', place, parameters));
  }

  get code(): UnreadableFileCode {
    return this.words === 'NOT_JSON_HERE' || this.words === 'TEXT_AFTER_END' ? 'NOT_JSON' : this.words;
  }

  /** For the person who sent the file. */
  in(locale: Locale): string {
    return sentence(this.words, locale, this.place, this.parameters);
  }
}

function sentence(words: FileWords, locale: Locale, place: FilePlace | null, parameters: Parameters): string {
  const where = { en: 'at line {line} (byte {byte})', vi: 'dòng {line} (byte {byte})' }[locale];
  const values: Parameters = { ...parameters, ...place };
  return FILE_WORDS[words][locale]
    .replace('{place}', where)
    .replace(/\{([a-z]+)\}/g, (_, name: string) => String(values[name]));
}
