import type { Phrase } from './words.rules.js';

/**
 * What exactly was wrong, for codes that cover several mistakes: the message of such a code holds `{why}`, and a refusal
 * names its reason here. `{name}` is filled from the refusal's parameters.
 */
const VALUES = {
  NAMED_TWICE: { en: '{value} is named twice.', vi: '{value} được nêu hai lần.' },
  LANGUAGE_UNKNOWN: { en: '`language` is `en` or `vi`.', vi: '`language` là `en` hoặc `vi`.' },
  FORMAT_UNKNOWN: { en: '`format` is one of {formats}.', vi: '`format` là một trong các giá trị {formats}.' },
  NOT_A_BOOLEAN: { en: '`{field}` is `true` or `false`.', vi: '`{field}` là `true` hoặc `false`.' },
  FILE_NAME_UNFIT: {
    en: '`fileName` is one line of at most {limit} characters.',
    vi: '`fileName` là một dòng có tối đa {limit} ký tự.',
  },
  SEARCH_EMPTY: { en: 'a search has at least one word.', vi: 'cần tìm ít nhất một từ.' },
  PERIOD_REVERSED: {
    en: 'a period ends on or after its first day.',
    vi: 'giai đoạn phải kết thúc vào hoặc sau ngày đầu tiên của nó.',
  },
  DRAFT_SUBMITTED_AS_IT_IS: {
    en: 'a draft is submitted as it is; leave out `id` to submit a whole report.',
    vi: 'bản nháp được gửi đúng như hiện có; hãy bỏ `id` để gửi cả báo cáo.',
  },
  PROMPT_ANSWERED_TWICE: { en: 'each prompt is answered once.', vi: 'mỗi câu hỏi chỉ được trả lời một lần.' },
  EXPIRY_IN_PAST: { en: '`expiresAt` is in the past.', vi: '`expiresAt` là một thời điểm đã qua.' },
  FORM_NEEDED: {
    en: 'send `multipart/form-data` with one file.',
    vi: 'hãy gửi `multipart/form-data` kèm một tệp.',
  },
  ONE_FILE_AT_A_TIME: { en: 'send one file at a time.', vi: 'mỗi lần chỉ gửi một tệp.' },
  TOO_MANY_FORM_FIELDS: { en: 'there are too many fields.', vi: 'có quá nhiều trường.' },
} as const satisfies Record<string, Phrase>;

const ORGANIZATIONS = {
  NEITHER_FUNDER_NOR_GRANTEE: {
    en: 'An organization is a funder, a grantee, or both.',
    vi: 'Tổ chức phải là bên tài trợ, bên nhận tài trợ, hoặc cả hai.',
  },
  GROUP_WITHOUT_PLACE: { en: 'An informal group needs a place.', vi: 'Nhóm không chính thức cần có địa điểm.' },
  GROUP_WITHOUT_CONTACT: {
    en: 'An informal group needs a contact.',
    vi: 'Nhóm không chính thức cần có thông tin liên hệ.',
  },
} as const satisfies Record<string, Phrase>;

const MERGES = {
  ONE_ALREADY: { en: 'the two are one already', vi: 'hai tổ chức này đã là một' },
  MERGED_BEFORE: { en: 'it was merged before', vi: 'tổ chức này đã được gộp trước đó' },
  SHARE_AGREEMENT: { en: 'they have an agreement with each other', vi: 'hai bên có thỏa thuận với nhau' },
  SHARE_SPONSORSHIP: { en: 'they share a sponsorship', vi: 'hai bên cùng có một quan hệ bảo trợ' },
  STEWARDS_OWN: {
    en: "one is, or was, the steward's own organization",
    vi: 'một bên là, hoặc từng là, tổ chức của chính bên điều phối',
  },
  KEPT_ONE_IS_NO_FUNDER: {
    en: 'the one that stays is no funder',
    vi: 'tổ chức được giữ lại không phải là bên tài trợ',
  },
  KEPT_ONE_IS_NO_GRANTEE: {
    en: 'the one that stays is no grantee',
    vi: 'tổ chức được giữ lại không phải là bên nhận tài trợ',
  },
} as const satisfies Record<string, Phrase>;

/** A request that GraphQL over HTTP does not allow. */
const REQUESTS = {
  UNREADABLE: { en: 'The request could not be read.', vi: 'Không đọc được yêu cầu.' },
  JSON_BROKEN: {
    en: 'The body is no valid JSON. Names and texts stand in double quotes.',
    vi: 'Nội dung không đúng JSON. Tên và văn bản phải đặt trong dấu nháy kép.',
  },
  JSON_BROKEN_AT: {
    en: 'The body is no valid JSON: it breaks at character {position}, counted from 0. Names and texts stand in double quotes.',
    vi: 'Nội dung không đúng JSON: sai tại ký tự thứ {position}, đếm từ 0. Tên và văn bản phải đặt trong dấu nháy kép.',
  },
  JSON_CUT_OFF: {
    en: 'The body is no valid JSON: it ends before the JSON is complete.',
    vi: 'Nội dung không đúng JSON: nội dung kết thúc khi JSON chưa đủ.',
  },
  JSON_NAME_REFUSED: {
    en: 'The JSON holds a name that is not taken here: `__proto__`, or `constructor` with `prototype` in it.',
    vi: 'JSON chứa một tên không được nhận ở đây: `__proto__`, hoặc `constructor` có `prototype` bên trong.',
  },
  BODY_EMPTY: {
    en: 'The body is empty. Send JSON such as `{"query": "{ network { id } }"}`.',
    vi: 'Nội dung trống. Hãy gửi JSON như `{"query": "{ network { id } }"}`.',
  },
  CONTENT_TYPE_NOT_JSON: {
    en: 'The `content-type` of this request is not understood. Send JSON with the header `content-type: application/json`.',
    vi: 'Không hiểu `content-type` của yêu cầu này. Hãy gửi JSON kèm tiêu đề `content-type: application/json`.',
  },
  CONTENT_TYPE_UNFIT: {
    en: 'The `content-type` of this request is none that is read at this address.',
    vi: '`content-type` của yêu cầu này không phải là loại được đọc tại địa chỉ này.',
  },
  CROSS_SITE: {
    en: 'This may be a request that another site made in a browser. Send the header `content-type: application/json`, or any value of `apollo-require-preflight`.',
    vi: 'Đây có thể là yêu cầu do một trang khác gửi qua trình duyệt. Hãy gửi tiêu đề `content-type: application/json`, hoặc một giá trị bất kỳ của `apollo-require-preflight`.',
  },
  BATCHED: {
    en: 'Several operations in one list are not taken. Send each in a request of its own.',
    vi: 'Không nhận nhiều thao tác trong một danh sách. Hãy gửi mỗi thao tác trong một yêu cầu riêng.',
  },
  QUERY_MISSING: {
    en: 'The request has no `query`. Send JSON such as `{"query": "{ network { id } }"}`.',
    vi: 'Yêu cầu không có `query`. Hãy gửi JSON như `{"query": "{ network { id } }"}`.',
  },
  QUERY_NOT_TEXT: { en: '`query` must be a text.', vi: '`query` phải là văn bản.' },
  BODY_MISSING: {
    en: 'The request has no JSON body. Send a JSON object with the header `content-type: application/json`.',
    vi: 'Yêu cầu không có nội dung JSON. Hãy gửi một đối tượng JSON kèm tiêu đề `content-type: application/json`.',
  },
  BODY_NOT_AN_OBJECT: {
    en: 'The JSON of the body is no object. Send one such as `{"query": "{ network { id } }"}`.',
    vi: 'JSON trong nội dung không phải là một đối tượng. Hãy gửi một đối tượng như `{"query": "{ network { id } }"}`.',
  },
  PART_NOT_AN_OBJECT: { en: '`{part}` must be a JSON object.', vi: '`{part}` phải là một đối tượng JSON.' },
  OPERATION_NAME_NOT_TEXT: { en: '`operationName` must be a text.', vi: '`operationName` phải là văn bản.' },
  PARAMETER_REPEATED: {
    en: '`{part}` may stand only once in the address.',
    vi: '`{part}` chỉ được có một lần trong địa chỉ.',
  },
  PART_NOT_JSON: { en: '`{part}` holds invalid JSON.', vi: '`{part}` không đúng JSON.' },
  ONLY_QUERIES_BY_GET: {
    en: 'By GET only queries are answered. Send a mutation by POST.',
    vi: 'Với GET chỉ trả lời truy vấn. Hãy gửi lệnh thay đổi bằng POST.',
  },
  ONLY_GET_AND_POST: { en: 'Only GET and POST are answered here.', vi: 'Ở đây chỉ trả lời GET và POST.' },
  CONTENT_TYPE_BY_GET: {
    en: 'By GET the only `content-type` is `application/json`.',
    vi: 'Với GET, `content-type` chỉ có thể là `application/json`.',
  },
  MEDIA_TYPE_UNFIT: {
    en: 'The header `accept` names nothing that is answered here: `application/json` or `application/graphql-response+json`.',
    vi: 'Tiêu đề `accept` không nêu định dạng nào được trả lời ở đây: `application/json` hoặc `application/graphql-response+json`.',
  },
  PERSISTED_QUERY: {
    en: 'Persisted queries are not kept here. Send the `query` itself.',
    vi: 'Ở đây không lưu truy vấn. Hãy gửi chính `query` đó.',
  },
} as const satisfies Record<string, Phrase>;

/** Why a caller is not known. What is said of a key that has the form of one is the same for a wrong and a cut one. */
const KEYS = {
  KEY_NOT_SENT: {
    en: 'This needs an API key, and none was sent. Send the key in a header: `Authorization: Bearer gf_…`.',
    vi: 'Cần có khóa API, nhưng chưa có khóa nào được gửi. Hãy gửi khóa trong một tiêu đề: `Authorization: Bearer gf_…`.',
  },
  KEY_NEEDED: {
    en: 'This is not public. It needs an API key in a header: `Authorization: Bearer gf_…`.',
    vi: 'Phần này không công khai. Cần có khóa API trong một tiêu đề: `Authorization: Bearer gf_…`.',
  },
  KEY_MISWRITTEN: {
    en: 'The header `Authorization` does not hold an API key in the form that is read here: the word `Bearer`, one space, and the key without quotes, `Authorization: Bearer gf_…`.',
    vi: 'Tiêu đề `Authorization` không chứa khóa API theo dạng được đọc ở đây: từ `Bearer`, một dấu cách, rồi khóa không có dấu nháy, `Authorization: Bearer gf_…`.',
  },
  KEY_NOT_VALID: {
    en: 'The API key that was sent is not known, has expired or was revoked. Check that the whole key was sent: `Authorization: Bearer gf_…`.',
    vi: 'Khóa API đã gửi không tồn tại, đã hết hạn hoặc đã bị thu hồi. Hãy kiểm tra xem đã gửi cả khóa chưa: `Authorization: Bearer gf_…`.',
  },
} as const satisfies Record<string, Phrase>;

export const REASONS = { ...VALUES, ...ORGANIZATIONS, ...MERGES, ...REQUESTS, ...KEYS } as const;
export type WhyWord = keyof typeof REASONS;
export type InvalidValue = keyof typeof VALUES;
export type IncompleteOrganization = keyof typeof ORGANIZATIONS;
export type MergeObstacle = keyof typeof MERGES;
export type RequestTrouble = keyof typeof REQUESTS;
export type KeyTrouble = keyof typeof KEYS;
