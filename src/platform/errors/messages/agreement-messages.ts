import type { Message } from './message.js';

export const AGREEMENT_MESSAGES = {
  // Agreements
  ACTION_NOT_ALLOWED: {
    status: 409,
    en: 'While this is {state}, this is not possible: {action}.',
    vi: 'Không thể {action} khi trạng thái là “{state}”.',
  },
  FOR_ANOTHER_PARTY: {
    status: 403,
    en: 'This is for another party of the agreement: {action}.',
    vi: 'Việc {action} thuộc về một bên khác trong thỏa thuận này.',
  },
  ALREADY_AGREED: {
    status: 409,
    en: 'You agreed already; it waits for the others.',
    vi: 'Bạn đã đồng ý; đang chờ các bên khác.',
  },
  SPONSOR_IS_FUNDER: {
    status: 422,
    en: "The grantee's fiscal sponsor is the funder itself: a sponsor is apart from both parties.",
    vi: 'Tổ chức bảo trợ tài chính của bên nhận chính là bên tài trợ: bên bảo trợ phải tách biệt với cả hai bên.',
  },
  REVISION_MISMATCH: {
    status: 409,
    en: 'The revision on offer is {current}; you named {named}. Read it before you accept.',
    vi: 'Bản đang được đề nghị là {current}; bạn nêu bản {named}. Hãy đọc trước khi chấp nhận.',
  },
  SAME_PARTIES: {
    status: 422,
    en: 'Funder and grantee must be two organizations.',
    vi: 'Bên tài trợ và bên nhận phải là hai tổ chức khác nhau.',
  },
  TERM_INVALID: {
    status: 422,
    en: 'The term must end on or after its start, and last at most {years} years.',
    vi: 'Thời hạn phải kết thúc vào hoặc sau ngày bắt đầu, và kéo dài tối đa {years} năm.',
  },
  INSTALLMENTS_DO_NOT_SUM: {
    status: 422,
    en: 'The installments sum to {sum}, the commitment is {committed}.',
    vi: 'Các đợt cộng lại là {sum}, còn cam kết là {committed}.',
  },
  INSTALLMENT_OUTSIDE_TERM: {
    status: 422,
    en: 'An installment is due within the term or up to {days} days before it.',
    vi: 'Mỗi đợt phải đến hạn trong thời hạn hoặc trước đó tối đa {days} ngày.',
  },
  TOO_MANY_EXPECTATIONS: {
    status: 422,
    en: 'At most one reporting expectation for each started year of the term: {limit}.',
    vi: 'Tối đa một kỳ báo cáo cho mỗi năm đã bắt đầu: {limit}.',
  },
  LOBBYING_REASON_NEEDED: {
    status: 422,
    en: 'A lobbying clause other than `NONE` needs its reason.',
    vi: 'Điều khoản vận động khác `NONE` cần có lý do.',
  },
  // Amendments
  AMENDMENT_OPEN: {
    status: 409,
    en: 'Another amendment waits for an answer; one at a time.',
    vi: 'Một sửa đổi khác đang chờ trả lời; mỗi lần chỉ một.',
  },
  AMENDMENT_STALE: {
    status: 409,
    en: 'It starts from revision {base} and what was agreed then. The terms are now those of revision {current}, or what was agreed for a later day was withdrawn. Propose it anew.',
    vi: 'Đề nghị này bắt đầu từ bản {base} và những gì đã đồng ý lúc đó. Điều khoản hiện là bản {current}, hoặc điều đã đồng ý cho một ngày sau đã được rút lại. Hãy đề nghị lại.',
  },
  AMENDMENT_FIELD_NEEDED: {
    status: 422,
    en: 'An amendment for {kind} needs `{field}`.',
    vi: 'Sửa đổi để {kind} cần có `{field}`.',
  },
  AMENDMENT_FIELD_UNFIT: {
    status: 422,
    en: '`{field}` has no meaning in an amendment for {kind}.',
    vi: '`{field}` không có ý nghĩa trong sửa đổi để {kind}.',
  },
  AMENDMENT_WRONG_WAY: {
    status: 422,
    en: 'This is not {kind}: name the kind of amendment that does it.',
    vi: 'Đây không phải là {kind}: hãy chọn đúng loại sửa đổi.',
  },
  NOT_SPONSORED: {
    status: 409,
    en: 'This agreement is no sponsored project.',
    vi: 'Thỏa thuận này không phải là dự án được bảo trợ.',
  },
  NEW_SPONSOR_UNFIT: {
    status: 422,
    en: 'A new sponsor is a registered grantee, and not the funder, the grantee or the present sponsor.',
    vi: 'Bên bảo trợ mới phải là bên nhận tài trợ đã đăng ký, và không phải bên tài trợ, bên nhận hay bên bảo trợ hiện tại.',
  },
  NEW_SPONSOR_FIRST: {
    status: 409,
    en: 'The new sponsor has not agreed yet; it answers first.',
    vi: 'Bên bảo trợ mới chưa đồng ý; bên đó trả lời trước.',
  },
  AMENDMENT_LEAVES_NOTHING: {
    status: 422,
    en: 'Nothing would be left of the commitment. To end the agreement, propose an amendment of the kind `RELEASE`.',
    vi: 'Cam kết sẽ không còn gì. Để kết thúc thỏa thuận, hãy đề nghị sửa đổi loại `RELEASE`.',
  },
  NOTICE_TOO_SHORT: {
    status: 422,
    en: 'The notice lasts until {earliest}. Only the grantee can waive it.',
    vi: 'Thời gian báo trước kéo dài đến {earliest}. Chỉ bên nhận mới có thể miễn.',
  },
  BELOW_SENT: {
    status: 422,
    en: 'Installment {number} cannot go below the {sent} that was sent.',
    vi: 'Đợt {number} không thể thấp hơn {sent} đã gửi.',
  },
  INSTALLMENT_HAS_MONEY: {
    status: 409,
    en: 'Money was sent for installment {number}; it stays as it is.',
    vi: 'Đã có tiền được gửi cho đợt {number}; đợt này giữ nguyên.',
  },
  MONEY_IN_FLIGHT: {
    status: 409,
    en: 'A payment is on its way or missing; the end, or another sponsor, waits until it is settled.',
    vi: 'Một khoản tiền đang trên đường hoặc thất lạc; việc kết thúc hoặc đổi bên bảo trợ phải chờ giải quyết xong.',
  },
  DISSOLUTION_ANNOUNCED: {
    status: 409,
    en: 'A dissolution is announced already; it can be recorded from {earliest} on.',
    vi: 'Việc giải thể đã được thông báo; có thể ghi nhận từ ngày {earliest}.',
  },
  DISSOLUTION_TOO_EARLY: {
    status: 409,
    en: 'Both parties have notice until {earliest}; it can be recorded from then on.',
    vi: 'Hai bên được báo trước đến ngày {earliest}; từ ngày đó mới có thể ghi nhận.',
  },
  PAYMENT_ABOVE_INSTALLMENT: {
    status: 422,
    en: 'At most {left} is left to send on this installment.',
    vi: 'Đợt này chỉ còn {left} chưa gửi.',
  },
  RECEIVED_MORE_THAN_SENT: {
    status: 422,
    en: 'More was received than the {sent} that was sent.',
    vi: 'Số tiền nhận được lớn hơn số đã gửi là {sent}.',
  },
  REPAYMENT_ABOVE_PAYMENT: {
    status: 422,
    en: 'At most {left} of this payment can still go back.',
    vi: 'Khoản chi này chỉ còn có thể hoàn lại tối đa {left}.',
  },
  ALREADY_ON_HOLD: {
    status: 409,
    en: 'This installment is under a legal hold already.',
    vi: 'Đợt này đang bị tạm giữ theo pháp luật rồi.',
  },
  INSTALLMENTS_OR_SCHEDULE: {
    status: 422,
    en: 'Terms have either installments or a schedule.',
    vi: 'Điều khoản có danh sách các đợt hoặc một lịch, không phải cả hai.',
  },
  SCHEDULE_DOES_NOT_FIT: {
    status: 422,
    en: 'The commitment of {committed} cannot be paid in {parts} parts this way.',
    vi: 'Không thể chia cam kết {committed} thành {parts} đợt theo cách này.',
  },
  EXPECTATION_ALREADY_MET: {
    status: 409,
    en: 'This reporting expectation is met already.',
    vi: 'Kỳ báo cáo này đã được đáp ứng.',
  },
  EXPECTATION_WAIVED: { status: 409, en: 'This reporting expectation was waived.', vi: 'Kỳ báo cáo này đã được miễn.' },
  EXPECTATION_MOVED_TOO_FAR: {
    status: 422,
    en: 'A reporting expectation moves by at most {days} days in all: from {earliest} to {latest}.',
    vi: 'Kỳ báo cáo chỉ được dời tổng cộng tối đa {days} ngày: từ {earliest} đến {latest}.',
  },
} satisfies Record<string, Message>;
