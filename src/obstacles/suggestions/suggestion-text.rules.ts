import type { AmendmentKind } from '../../agreements/amendments/amendment.rules.js';
import type { Amount } from '../../platform/api/money.rules.js';
import type { Locale } from '../../platform/errors/codes.js';
import type { Suggestion } from './suggestion.rules.js';

type Said = Readonly<Record<Locale, string>>;

const AMENDED: Readonly<Partial<Record<AmendmentKind, Said>>> = {
  REDUCE_FUNDS: { en: 'the committed amount was reduced', vi: 'số tiền cam kết bị giảm' },
  MOVE_PAYMENT_LATER: { en: 'a payment was moved to a later day', vi: 'một đợt chi trả bị lùi lại' },
  SHORTEN_TERM: { en: 'the term was shortened', vi: 'thời hạn bị rút ngắn' },
  RELEASE: { en: 'the rest of the agreement was given up', vi: 'phần còn lại của thỏa thuận bị chấm dứt' },
};
const CHANGED: Said = { en: 'the terms were changed', vi: 'điều khoản bị thay đổi' };

/** What happened, in one sentence of facts: shown with the suggestion, and what is logged when the grantee adds no words. */
export function summaryOf(suggestion: Suggestion, locale: Locale, write: (amount: Amount) => string): string {
  const { code, fact, day, delayDays, cost } = suggestion;
  const amended = fact.kind === 'amendment' ? (AMENDED[fact.amends] ?? CHANGED)[locale] : '';
  const number = 'number' in fact ? fact.number : 0;
  const said: Readonly<Record<Suggestion['code'], Said>> = {
    DISBURSEMENT_DELAY: {
      en: `Installment ${number}, due on ${day}, is or was ${delayDays} days late.`,
      vi: `Đợt ${number}, đến hạn ngày ${day}, chậm ${delayDays} ngày.`,
    },
    COMMITMENT_REDUCED_OR_WITHDRAWN: {
      en: `By an amendment accepted on ${day}, ${amended}.`,
      vi: `Theo sửa đổi được chấp nhận ngày ${day}, ${amended}.`,
    },
    INSUFFICIENT_NOTICE: {
      en: `By an amendment accepted on ${day}, ${amended}, without the notice that was promised.`,
      vi: `Theo sửa đổi được chấp nhận ngày ${day}, ${amended}, không có thời gian báo trước như đã hứa.`,
    },
    PAYMENT_HELD: {
      en: `Installment ${number} was put under a legal hold on ${day}.`,
      vi: `Đợt ${number} bị tạm giữ theo pháp lý từ ngày ${day}.`,
    },
    NO_RESPONSE: {
      en: `${fact.kind === 'obstacle' ? 'An obstacle' : 'A report'} that was shared should have been answered by ${day}.`,
      vi: `${fact.kind === 'obstacle' ? 'Trở ngại' : 'Báo cáo'} đã chia sẻ lẽ ra phải được trả lời trước hết ngày ${day}.`,
    },
    TRANSFER_COST_SHIFTED: {
      en: `Of a payment received on ${day}, ${cost && write(cost)} was kept back on the way as a transfer cost.`,
      vi: `Khoản nhận ngày ${day} bị trừ ${cost && write(cost)} chi phí chuyển tiền.`,
    },
  };
  return said[code][locale];
}
