import { describe, expect, it } from '@jest/globals';
import type { Suggestion } from './suggestion.rules.js';
import { summaryOf } from './suggestion-text.rules.js';

const write = ({ minor, currency }: { minor: bigint; currency: string }): string => `${minor} ${currency}`;
const suggestion = (change: object): Suggestion =>
  ({ day: '2026-11-02', delayDays: null, cost: null, ...change }) as Suggestion;

describe('what is said of a fact', () => {
  it.each([
    [
      { code: 'DISBURSEMENT_DELAY', fact: { kind: 'installment', number: 2 }, delayDays: 9 },
      'Installment 2, due on 2026-11-02, is or was 9 days late.',
      'Đợt 2, đến hạn ngày 2026-11-02, chậm 9 ngày.',
    ],
    [
      { code: 'COMMITMENT_REDUCED_OR_WITHDRAWN', fact: { kind: 'amendment', amends: 'RELEASE' } },
      'By an amendment accepted on 2026-11-02, the rest of the agreement was given up.',
      'Theo sửa đổi được chấp nhận ngày 2026-11-02, phần còn lại của thỏa thuận bị chấm dứt.',
    ],
    [
      { code: 'INSUFFICIENT_NOTICE', fact: { kind: 'amendment', amends: 'REDUCE_FUNDS' } },
      'By an amendment accepted on 2026-11-02, the committed amount was reduced, without the notice that was promised.',
      'Theo sửa đổi được chấp nhận ngày 2026-11-02, số tiền cam kết bị giảm, không có thời gian báo trước như đã hứa.',
    ],
    [
      { code: 'PAYMENT_HELD', fact: { kind: 'legalHold', number: 1 } },
      'Installment 1 was put under a legal hold on 2026-11-02.',
      'Đợt 1 bị tạm giữ theo pháp lý từ ngày 2026-11-02.',
    ],
    [
      { code: 'NO_RESPONSE', fact: { kind: 'share' } },
      'A report that was shared should have been answered by 2026-11-02.',
      'Báo cáo đã chia sẻ lẽ ra phải được trả lời trước hết ngày 2026-11-02.',
    ],
    [
      { code: 'NO_RESPONSE', fact: { kind: 'obstacle' } },
      'An obstacle that was shared should have been answered by 2026-11-02.',
      'Trở ngại đã chia sẻ lẽ ra phải được trả lời trước hết ngày 2026-11-02.',
    ],
    [
      { code: 'TRANSFER_COST_SHIFTED', fact: { kind: 'disbursement' }, cost: { minor: 25n, currency: 'VND' } },
      'Of a payment received on 2026-11-02, 25 VND was kept back on the way as a transfer cost.',
      'Khoản nhận ngày 2026-11-02 bị trừ 25 VND chi phí chuyển tiền.',
    ],
  ])('%j', (change, en, vi) => {
    expect(summaryOf(suggestion(change), 'en', write)).toBe(en);
    expect(summaryOf(suggestion(change), 'vi', write)).toBe(vi);
  });
});
