/** One thing said in each language the service speaks. */
export interface Phrase {
  readonly en: string;
  readonly vi: string;
}

/** What a caller wants to do, as it stands after "not possible:". A command is named by its lifecycle, or by its mutation. */
export const ACTIONS = {
  // Agreements
  REVISE: { en: 'revising the terms', vi: 'sửa điều khoản' },
  DISCARD: { en: 'discarding the draft', vi: 'bỏ bản nháp' },
  OFFER: { en: 'offering', vi: 'đề nghị' },
  WITHDRAW: { en: 'withdrawing', vi: 'rút lại' },
  ACCEPT: { en: 'accepting', vi: 'chấp nhận' },
  DECLINE: { en: 'declining', vi: 'từ chối' },
  REQUEST_CHANGES: { en: 'asking for changes', vi: 'yêu cầu thay đổi' },
  RENEW: { en: 'renewing', vi: 'gia hạn' },
  RECORD_DISBURSEMENT: { en: 'recording a payment', vi: 'ghi nhận khoản chi' },
  PLACE_LEGAL_HOLD: { en: 'placing a legal hold', vi: 'tạm giữ theo pháp luật' },
  LIFT_LEGAL_HOLD: { en: 'lifting the legal hold', vi: 'gỡ tạm giữ theo pháp luật' },
  PROPOSE_AMENDMENT: { en: 'proposing an amendment', vi: 'đề nghị sửa đổi' },
  MOVE_EXPECTATION: { en: 'moving the reporting expectation', vi: 'dời kỳ báo cáo' },
  WAIVE_EXPECTATION: { en: 'waiving the reporting expectation', vi: 'miễn kỳ báo cáo' },
  COMPLETE: { en: 'completing', vi: 'hoàn tất' },
  REOPEN: { en: 'reopening', vi: 'mở lại' },
  ANNOUNCE_DISSOLUTION: { en: 'announcing a dissolution', vi: 'thông báo giải thể' },
  DISSOLVE: { en: 'ending it after a dissolution', vi: 'chấm dứt do giải thể' },
  RECORD: { en: 'recording the dissolution', vi: 'ghi nhận việc giải thể' },
  // Payments
  CONFIRM: { en: 'confirming the receipt', vi: 'xác nhận đã nhận' },
  CORRECT: { en: 'correcting the receipt', vi: 'sửa xác nhận đã nhận' },
  REPAY: { en: 'recording a repayment', vi: 'ghi nhận khoản hoàn lại' },
  REPORT_MISSING: { en: 'saying that the money has not arrived', vi: 'báo tiền chưa đến' },
  RETURN: { en: 'saying that the money came back', vi: 'ghi nhận tiền bị trả về' },
  VOID: { en: 'voiding the payment', vi: 'hủy bản ghi khoản chi' },
  // Amendments, which are also what is done to an installment
  ADD_FUNDS: { en: 'adding funds', vi: 'tăng tiền' },
  MOVE_PAYMENT_EARLIER: { en: 'moving a payment earlier', vi: 'chuyển khoản chi lên sớm hơn' },
  EXTEND_TERM: { en: 'extending the term', vi: 'kéo dài thời hạn' },
  DROP_REPORT: { en: 'dropping a report', vi: 'bỏ một kỳ báo cáo' },
  REDUCE_FUNDS: { en: 'reducing funds', vi: 'giảm tiền' },
  MOVE_PAYMENT_LATER: { en: 'moving a payment later', vi: 'dời khoản chi muộn hơn' },
  SHORTEN_TERM: { en: 'shortening the term', vi: 'rút ngắn thời hạn' },
  RELEASE: { en: 'ending early', vi: 'chấm dứt sớm' },
  CHANGE_SPONSOR: { en: 'changing the fiscal sponsor', vi: 'đổi bên bảo trợ tài chính' },
  // Reports
  saveReportSection: { en: 'saving a section', vi: 'lưu một phần' },
  saveReportDetails: { en: 'saving the details', vi: 'lưu chi tiết' },
  deleteDraftReport: { en: 'deleting the draft', vi: 'xóa bản nháp' },
  submitReport: { en: 'submitting', vi: 'gửi báo cáo' },
  correctReport: { en: 'correcting the report', vi: 'sửa báo cáo' },
  shareReport: { en: 'sharing', vi: 'chia sẻ' },
  unshareReport: { en: 'ending the sharing', vi: 'ngừng chia sẻ' },
  replyToReportResponse: { en: 'replying', vi: 'hồi đáp' },
  rateReportResponse: { en: 'saying whether it helped', vi: 'cho biết câu trả lời có ích không' },
  draftConversationNotes: { en: 'drafting notes of a conversation', vi: 'soạn ghi chép cuộc trò chuyện' },
  // Obstacles
  OPEN_TIER: { en: 'letting more people see it', vi: 'mở cho nhiều người xem hơn' },
  ACKNOWLEDGE: { en: 'saying that it was read', vi: 'xác nhận đã đọc' },
  RESPOND: { en: 'answering', vi: 'trả lời' },
  RESOLVE: { en: 'resolving', vi: 'xác nhận đã giải quyết' },
} as const satisfies Record<string, Phrase>;
export type ActionWord = keyof typeof ACTIONS;

/** In which state something is. */
export const STATES = {
  DRAFT: { en: 'a draft', vi: 'bản nháp' },
  OFFERED: { en: 'offered', vi: 'đã đề nghị' },
  CHANGES_REQUESTED: { en: 'waiting for changes', vi: 'đang chờ thay đổi' },
  ACTIVE: { en: 'active', vi: 'đang hiệu lực' },
  COMPLETED: { en: 'completed', vi: 'đã hoàn tất' },
  RELEASED: { en: 'ended early', vi: 'đã chấm dứt sớm' },
  DECLINED: { en: 'declined', vi: 'đã bị từ chối' },
  WITHDRAWN: { en: 'withdrawn', vi: 'đã rút lại' },
  RECORDED: { en: 'recorded', vi: 'đã ghi nhận' },
  PROPOSED: { en: 'proposed', vi: 'đang được đề nghị' },
  ACCEPTED: { en: 'accepted', vi: 'đã được chấp nhận' },
  LAPSED: { en: 'lapsed', vi: 'đã mất tác dụng' },
  ANNOUNCED: { en: 'announced', vi: 'đã thông báo' },
  SCHEDULED: { en: 'scheduled', vi: 'đã lên lịch' },
  SENT: { en: 'sent', vi: 'đã gửi tiền' },
  RECEIVED: { en: 'received', vi: 'đã nhận tiền' },
  MISSING: { en: 'missing', vi: 'tiền chưa đến' },
  RETURNED: { en: 'returned', vi: 'tiền đã bị trả về' },
  VOIDED: { en: 'voided', vi: 'đã hủy bản ghi' },
  LIFTED: { en: 'lifted', vi: 'đã gỡ' },
  SUBMITTED: { en: 'submitted', vi: 'đã gửi báo cáo' },
  UNSHARED: { en: 'no longer shared', vi: 'không còn chia sẻ' },
  AWAITING_RESPONSE: { en: 'waiting for an answer', vi: 'đang chờ trả lời' },
  ANSWERED: { en: 'answered', vi: 'đã trả lời' },
  LOGGED: { en: 'logged', vi: 'đã ghi' },
  OPEN: { en: 'open', vi: 'đang mở' },
  ACKNOWLEDGED: { en: 'acknowledged', vi: 'đã được đọc' },
  RESOLVED: { en: 'resolved', vi: 'đã giải quyết' },
} as const satisfies Record<string, Phrase>;
export type StateWord = keyof typeof STATES;

const ROLES = {
  FUNDER: { en: 'funder', vi: 'bên tài trợ' },
  GRANTEE: { en: 'grantee', vi: 'bên nhận tài trợ' },
  STEWARD: { en: 'steward', vi: 'bên điều phối' },
  ANALYST: { en: 'analyst', vi: 'người phân tích' },
} as const satisfies Record<string, Phrase>;

const TIERS = {
  AGGREGATE_ONLY: { en: 'statistics only', vi: 'chỉ dùng cho thống kê' },
  CONFIDENTIAL: { en: 'confidential', vi: 'bảo mật' },
  SHARED: { en: 'shared with the funder', vi: 'chia sẻ với bên tài trợ' },
} as const satisfies Record<string, Phrase>;

/** The formats of a report. */
export const FORMATS = {
  WRITTEN: { en: 'written', vi: 'viết' },
  CONVERSATION: { en: 'conversation', vi: 'cuộc trò chuyện' },
  RECORDING: { en: 'recording', vi: 'bản ghi âm hoặc ghi hình' },
  REUSED_DOCUMENT: { en: 'document that was written for somebody else', vi: 'tài liệu viết cho bên khác' },
} as const satisfies Record<string, Phrase>;

const UNITS = {
  characters: { en: 'characters', vi: 'ký tự' },
  lines: { en: 'lines', vi: 'dòng' },
} as const satisfies Record<string, Phrase>;

/** What else is said of a file than its media type. */
const FILE_TYPES: Readonly<Record<string, Phrase>> = {
  empty: { en: 'none, since the file is empty', vi: 'không có, vì tệp trống' },
  unknown: { en: 'one that is not known', vi: 'loại không nhận ra được' },
  'macro document': { en: 'a document with macros', vi: 'tài liệu có macro' },
};

/** Which parameters of a message are codes, and the words for each. Any other value is shown as it is. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, Phrase>>>> = {
  action: ACTIONS,
  kind: ACTIONS,
  state: STATES,
  role: ROLES,
  roles: ROLES,
  fileType: FILE_TYPES,
  fromTier: TIERS,
  toTier: TIERS,
  format: FORMATS,
  unit: UNITS,
};
