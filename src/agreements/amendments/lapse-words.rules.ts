import type { Phrase } from '../../platform/errors/words.rules.js';
import type { LapseReason } from './waiting-amendments.rules.js';

/** Why an accepted amendment changed nothing, for people. */
export const LAPSE_WORDS: Readonly<Record<LapseReason, Phrase>> = {
  AGREEMENT_ENDED: {
    en: 'The agreement had ended early before its day.',
    vi: 'Thỏa thuận đã chấm dứt sớm trước ngày đó.',
  },
  AGREEMENT_COMPLETED: {
    en: 'The agreement was completed before its day.',
    vi: 'Thỏa thuận đã hoàn tất trước ngày đó.',
  },
  MONEY_SENT: {
    en: 'Money was sent meanwhile on an installment that it would have changed, and nothing else was left to change.',
    vi: 'Trong khi đó tiền đã được gửi cho đợt chi mà sửa đổi này lẽ ra thay đổi, và không còn gì khác để thay đổi.',
  },
  NOTHING_LEFT: {
    en: 'The terms of that day already said as much: what changed meanwhile left nothing for it to change.',
    vi: 'Điều khoản của ngày đó đã như vậy: những gì thay đổi trong khi đó không để lại gì cho sửa đổi này.',
  },
  LEAVES_NOTHING: {
    en: 'It would have left nothing of the commitment, because of what was agreed meanwhile. That takes an early end.',
    vi: 'Do những gì được đồng ý trong khi đó, sửa đổi này sẽ không để lại gì của cam kết. Việc đó cần chấm dứt sớm.',
  },
};
