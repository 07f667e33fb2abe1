import type { Locale } from '../../platform/errors/codes.js';
import { Html, html } from '../../platform/http/html.js';
import type { CodeList, Column, Datatype } from '../downloads/columns.rules.js';
import { COLUMNS } from '../downloads/columns.rules.js';
import type { Code, DictionaryCodes } from '../downloads/dictionary.rules.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { framed } from './frame.js';

const ENGLISH = {
  title: 'What the data say',
  lead: 'Each column of the sealed figures as CSV and JSON: its meaning, its unit, and what its codes stand for.',
  back: 'To the figures',
  machine:
    'The same for programs: {json}. Beside each CSV file is its description by CSV on the Web, at the same address with -metadata.json after it.',
  files:
    'A CSV file is UTF-8 with a byte order mark, has commas, and a first line with the names below. An empty cell means that there is no value. A row is one published figure.',
  columns: 'Columns',
  inJson: 'in JSON',
  unit: 'Unit',
  type: 'Type',
  empty: 'can be empty',
  types: { string: 'text', date: 'date', integer: 'whole number', decimal: 'decimal number' },
  codesOf: { view: 'Views', kind: 'Kinds', category: 'Categories', region: 'Regions' },
  code: 'Code',
  meaning: 'Meaning',
  consistsOf: 'Consists of',
};
const VIETNAMESE: typeof ENGLISH = {
  title: 'Dữ liệu nói gì',
  lead: 'Từng cột của số liệu đã niêm phong dạng CSV và JSON: ý nghĩa, đơn vị, và các mã của cột.',
  back: 'Đến số liệu',
  machine:
    'Cùng nội dung cho chương trình máy tính: {json}. Bên cạnh mỗi tệp CSV có bản mô tả theo CSV on the Web, ở cùng địa chỉ, thêm -metadata.json ở cuối.',
  files:
    'Tệp CSV dùng UTF-8 có dấu thứ tự byte, ngăn cách bằng dấu phẩy, dòng đầu là tên các cột dưới đây. Ô trống nghĩa là không có giá trị. Mỗi dòng là một con số đã công bố.',
  columns: 'Các cột',
  inJson: 'trong JSON',
  unit: 'Đơn vị',
  type: 'Kiểu',
  empty: 'có thể để trống',
  types: { string: 'văn bản', date: 'ngày', integer: 'số nguyên', decimal: 'số thập phân' },
  codesOf: { view: 'Các bảng', kind: 'Các nhóm', category: 'Các loại', region: 'Các khu vực' },
  code: 'Mã',
  meaning: 'Ý nghĩa',
  consistsOf: 'Gồm',
};
const DICTIONARY_WORDS: Readonly<Record<Locale, typeof ENGLISH>> = { en: ENGLISH, vi: VIETNAMESE };
type TypeWords = Readonly<Record<Datatype, string>>;

export function dictionaryPage(codes: DictionaryCodes, language: ChosenLanguage): string {
  const { locale } = language;
  const words = DICTIONARY_WORDS[locale];
  const [before, after] = words.machine.split('{json}');
  const json = '/v1/statistics/dictionary.json';
  return framed({
    language,
    title: words.title,
    description: words.lead,
    addressIn: (other) => `/insights/dictionary?language=${other}`,
    content: html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <p><a href="/insights?language=${locale}">${words.back}</a></p>
      <p>${words.files}</p>
      <p>${before}<a href="${json}">${json}</a>${after}</p>
      <section aria-labelledby="columns">
        <h2 id="columns">${words.columns}</h2>
        ${COLUMNS.map((column) => columnPart(column, locale))}
      </section>
      ${(Object.keys(codes) as CodeList[]).map((list) => codeSection(list, codes[list], locale))}`,
  });
}

function columnPart(
  { name, json, datatype, isRequired, title, description, unit, codes }: Column,
  locale: Locale,
): Html {
  const words = DICTIONARY_WORDS[locale];
  const types: TypeWords = words.types;
  const facts = [
    ...(json === name ? [] : [`${words.inJson} ${json}`]),
    `${words.type}: ${types[datatype]}`,
    ...(unit ? [`${words.unit}: ${unit[locale]}`] : []),
    ...(isRequired ? [] : [words.empty]),
  ];
  return html`<h3 id="${name}"><code>${breakable(name)}</code> ${title[locale]}</h3>
    <p>${description[locale]}${codes ? [html` <a href="#codes-${codes}">${words.codesOf[codes]}</a>`] : []}</p>
    <p class="quiet">${facts.join(' · ')}</p>`;
}

function codeSection(list: CodeList, codes: readonly Code[], locale: Locale): Html {
  const words = DICTIONARY_WORDS[locale];
  const hasParts = codes.some((code) => partsOf(code).length > 0);
  return html`<section aria-labelledby="codes-${list}">
    <h2 id="codes-${list}">${words.codesOf[list]}</h2>
    <div class="wide" tabindex="0" role="region" aria-labelledby="codes-${list}">
      <table role="table" class="codes">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${words.code}</th>
            <th role="columnheader" scope="col">${words.meaning}</th>
            ${hasParts ? [html`<th role="columnheader" scope="col">${words.consistsOf}</th>`] : []}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${codes.map(
            (code) =>
              html`<tr role="row">
                <th role="rowheader" scope="row"><code>${breakable(code.csv ?? code.code)}</code></th>
                <td role="cell">${code.label[locale]}</td>
                ${hasParts ? [html`<td role="cell">${breakable(partsOf(code).join(', '))}</td>`] : []}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** A code that is too long for its place goes on in the next line after a mark, never within a word. */
function breakable(codes: string): Html {
  const parts = codes.split(/(?<=[_:])/).map((part) => html`${part}`.text);
  return new Html(parts.join('<wbr />'));
}

function partsOf({ obstacleCodes = [], countries = [] }: Code): readonly string[] {
  return [...obstacleCodes, ...countries];
}
