import type { Locale } from '../../platform/errors/codes.js';
import { guaranteeOfReporting, guaranteeOfSubject, percent } from '../guarantee.rules.js';
import type { Epsilons } from '../views.rules.js';
import { STANDARD } from '../views.rules.js';

/** The guarantee as a grantee reads it: in the API's documentation, on the public page, and where it logs. */
export function guaranteeText(epsilons: Epsilons, locale: Locale): string {
  const said = [guaranteeOfReporting(epsilons), guaranteeOfSubject(epsilons)].map((guarantee) => {
    const { fromOneQuarter, withYearViews, fromOneYear, fromTwoYears } = guarantee;
    return [fromOneQuarter, withYearViews, fromOneYear, fromTwoYears].map((chance) => `${percent(chance)} %`);
  });
  const [[quarter, views, year, two], [aboutQuarter, aboutViews, aboutYear]] = said;
  return locale === 'vi'
    ? `Dù người khác biết gì đi nữa, nếu bắt đầu từ khả năng ngang nhau, khả năng họ đoán đúng rằng bạn có báo cáo hay không cao nhất là ${quarter} từ số liệu của một quý, ${views} khi thêm các bảng của năm, ${year} từ cả một năm, và ${two} từ hai năm. Khả năng đoán đúng bạn báo cáo về điều gì cao nhất là ${aboutQuarter}, ${aboutViews} và ${aboutYear}. Bên điều phối đọc các mục CONFIDENTIAL, trừ những mục liên quan đến tổ chức thuộc, hoặc từng thuộc, chính họ (xem \`network\`). Người quản trị cơ sở dữ liệu thì đọc được.`
    : `Whatever else anyone knows, starting from even odds, the chance of guessing right that you reported at all is at most ${quarter} from one quarter's release, ${views} with the year's views, ${year} from a whole year, and ${two} from two. The chance of guessing right what you reported about is at most ${aboutQuarter}, ${aboutViews} and ${aboutYear}. The steward reads what is CONFIDENTIAL, except what concerns an organization that is, or ever was, its own (see \`network\`). Whoever administers the database can read it.`;
}

/** For the documentation of the API, which is the same for every network: no operator may promise less. */
export const STANDARD_GUARANTEE = guaranteeText(STANDARD.epsilons, 'en');
