/**
 * What graphql-js says of a document or a value, in Vietnamese. Its own words are English sentences around names of the
 * schema and values of the caller; names and values stay, the sentence is said anew. `test/languages.e2e.ts` reads
 * graphql-js and fails for a sentence that is not here.
 */
type Saying = readonly [pattern: RegExp, vietnamese: string];

const Q = '"([^"]*)"';
const say = (pattern: string, vietnamese: string): Saying => [new RegExp(`^${pattern}$`, 's'), vietnamese];

/** `$1` is put in as it is, `{1}` is said in Vietnamese first. */
const SAYINGS: readonly Saying[] = [
  // A document that cannot be read
  say('Syntax Error: (.*)', 'Sai cú pháp: {1}'),
  // A document that does not fit the schema
  say(`The (.+) definition is not executable\\.`, 'Định nghĩa $1 không thể thực thi.'),
  say(
    `There can be only one (operation|variable|argument|fragment|input field) named ${Q}\\.`,
    'Chỉ được có một {1} tên "$2".',
  ),
  say(
    'This anonymous operation must be the only defined operation\\.',
    'Thao tác không tên phải là thao tác duy nhất.',
  ),
  say(`(?:Anonymous Subscription|Subscription ${Q}) must .*`, 'Ở đây không có theo dõi liên tục.'),
  say(`Unknown type ${Q}\\.`, 'Không có kiểu "$1".'),
  say(
    `Fragment(?: ${Q})? cannot condition on non composite type ${Q}\\.`,
    'Không thể đặt đoạn trên kiểu "$2", vì kiểu này không có trường.',
  ),
  say(
    `Variable ${Q} cannot be non-input type ${Q}\\.`,
    'Biến "$1" không thể có kiểu "$2", vì kiểu này chỉ dùng cho câu trả lời.',
  ),
  say(
    `Variable ${Q} expected value of type ${Q} which cannot be used as an input type\\.`,
    'Biến "$1" có kiểu "$2", là kiểu chỉ dùng cho câu trả lời.',
  ),
  say(
    `Field ${Q} must not have a selection since type ${Q} has no subfields\\.`,
    'Trường "$1" có kiểu "$2" nên không được chọn trường con.',
  ),
  say(
    `Field ${Q} of type ${Q} must have (?:a selection of subfields|at least one field selected)\\.`,
    'Trường "$1" có kiểu "$2" nên cần chọn trường con.',
  ),
  say(`Cannot query field ${Q} on type ${Q}\\.`, 'Kiểu "$2" không có trường "$1".'),
  say(`Unknown fragment ${Q}\\.`, 'Không có đoạn "$1".'),
  say(`Fragment ${Q} is never used\\.`, 'Đoạn "$1" không được dùng.'),
  say(
    `Fragment(?: ${Q})? cannot be spread here as objects of type ${Q} can never be of type ${Q}\\.`,
    'Không thể đặt đoạn ở đây: đối tượng kiểu "$2" không bao giờ có kiểu "$3".',
  ),
  say(`Cannot spread fragment ${Q} within itself(?: via (.*))?\\.`, 'Đoạn "$1" không được chứa chính nó.'),
  say(`Variable ${Q} is not defined(?: by operation ${Q})?\\.`, 'Biến "$1" chưa được khai báo.'),
  say(`Variable ${Q} is never used(?: in operation ${Q})?\\.`, 'Biến "$1" không được dùng.'),
  say(`Unknown directive ${Q}\\.`, 'Không có chỉ thị "$1".'),
  say(`Directive ${Q} may not be used on (.*)\\.`, 'Không dùng chỉ thị "$1" ở đây.'),
  say(`The directive ${Q} can only be used once at this location\\.`, 'Chỉ thị "$1" chỉ được dùng một lần ở đây.'),
  say(`Unknown argument ${Q} on (?:field|directive) ${Q}\\.`, '"$2" không có đối số "$1".'),
  say(
    `(?:Field|Directive) ${Q} argument ${Q} of type ${Q} is required, but it was not provided\\.`,
    '"$1" cần đối số "$2" kiểu "$3".',
  ),
  say(
    `Variable ${Q} of type ${Q} used in position expecting type ${Q}\\.`,
    'Biến "$1" có kiểu "$2" nhưng được dùng ở nơi cần kiểu "$3".',
  ),
  say(
    `Variable ${Q} is of type ${Q} but must be non-nullable to be used for OneOf Input Object ${Q}\\.`,
    'Biến "$1" có kiểu "$2" nhưng phải luôn có giá trị để dùng cho "$3".',
  ),
  say(
    `Fields ${Q} conflict because (.*)\\. Use different aliases .*`,
    'Các trường "$1" mâu thuẫn: {2}. Hãy đặt bí danh khác nhau nếu muốn lấy cả hai.',
  ),
  say('Maximum introspection depth exceeded', 'Truy vấn lược đồ lồng nhau quá sâu.'),
  say('Too many validation errors, .*', 'Có quá nhiều lỗi; chỉ nêu những lỗi đầu tiên.'),
  say(`subfields ${Q} conflict because (.*)`, 'các trường con "$1" mâu thuẫn, vì {2}'),
  say(`${Q} and ${Q} are different fields`, '"$1" và "$2" là hai trường khác nhau'),
  say('they have differing arguments', 'đối số khác nhau'),
  say(`they return conflicting types ${Q} and ${Q}`, 'kiểu trả về "$1" và "$2" khác nhau'),
  // A value that does not fit
  say(`Variable ${Q} got invalid value(?: (.*?))? at ${Q}; (.*)`, 'Biến "$1" có giá trị không hợp lệ tại "$3": {4}'),
  say(`Variable ${Q} got invalid value(?: (.*?))?; (.*)`, 'Biến "$1" có giá trị không hợp lệ: {3}'),
  say(
    `Variable ${Q} of (?:required|non-null) type ${Q} (?:was not provided|must not be null)\\.`,
    'Biến "$1" kiểu "$2" cần có giá trị.',
  ),
  say(
    `Argument ${Q} of (?:required|non-null) type ${Q} was provided the variable ${Q} which was not provided a runtime value\\.`,
    'Đối số "$1" kiểu "$2" dùng biến "$3", nhưng biến này không có giá trị.',
  ),
  say(
    `Argument ${Q} of (?:required|non-null) type ${Q} (?:was not provided|must not be null)\\.`,
    'Đối số "$1" kiểu "$2" cần có giá trị.',
  ),
  say(`Argument ${Q} has invalid value (.*)\\.`, 'Đối số "$1" có giá trị không hợp lệ: $2.'),
  say(`Argument ${Q} can only be defined once\\.`, 'Đối số "$1" chỉ được nêu một lần.'),
  say('Too many errors processing variables, .*', 'Các biến có quá nhiều lỗi; chỉ nêu những lỗi đầu tiên.'),
  say(
    `Expected (?:value of )?(?:non-nullable )?type ${Q},? (?:found null|not to be null)\\.`,
    'Cần giá trị kiểu "$1", không được để trống.',
  ),
  say(`Expected value of type ${Q}, found (.+?); (.*)`, 'Cần giá trị kiểu "$1", nhưng gặp $2: {3}'),
  say(`Expected value of type ${Q}, found (.+)\\.`, 'Cần giá trị kiểu "$1", nhưng gặp $2.'),
  say(`Expected type ${Q} to be an object\\.`, 'Giá trị kiểu "$1" phải là một đối tượng.'),
  say(`Expected type ${Q}\\. (.+)`, 'Cần giá trị kiểu "$1": {2}'),
  say(`Expected type ${Q}\\.`, 'Cần giá trị kiểu "$1".'),
  say(`Field ${Q} of required type ${Q} was not provided\\.`, 'Cần có trường "$1" kiểu "$2".'),
  say(`Field ${Q} is not defined by type ${Q}\\.`, 'Kiểu "$2" không có trường "$1".'),
  say(`Field ${Q} must be non-null\\.`, 'Trường "$1" không được để trống.'),
  say(`Exactly one key must be specified for OneOf type ${Q}\\.`, 'Kiểu "$1" cần đúng một trường.'),
  say(`OneOf Input Object ${Q} must specify exactly one key\\.`, 'Kiểu "$1" cần đúng một trường.'),
  say(`Value ${Q} does not exist in ${Q} enum\\.`, '"$2" không có giá trị "$1".'),
  say(`Enum ${Q} cannot represent (?:non-enum |non-string )?value: (.+)\\.`, '"$1" không có giá trị $2.'),
  say('Int cannot represent non 32-bit signed integer value: (.+)', 'Số nguyên phải vừa trong 32 bit, nhưng gặp $1'),
  say('Int cannot represent non-integer value: (.+)', 'Cần một số nguyên, nhưng gặp $1'),
  say('Float cannot represent non numeric value: (.+)', 'Cần một số, nhưng gặp $1'),
  say('String cannot represent a non string value: (.+)', 'Cần một chuỗi, nhưng gặp $1'),
  say('Boolean cannot represent a non boolean value: (.+)', 'Cần `true` hoặc `false`, nhưng gặp $1'),
  say('ID cannot represent (?:a non-string and non-integer )?value: (.+)', 'Cần một mã dạng chuỗi, nhưng gặp $1'),
  // The scalars of this schema
  say('DateTime must be .*', 'cần ngày giờ theo RFC 3339 có lệch múi giờ, ví dụ "2026-11-23T09:30:00+07:00".'),
  say('Date must be .*', 'cần một ngày có thật, ví dụ "2026-11-23".'),
  say(
    'Decimal must be .*',
    'cần một chuỗi là số thập phân, ví dụ "1250.00" (không dùng số JSON, vì có thể mất chữ số).',
  ),
  say('CurrencyCode must be .*', 'cần ba chữ cái hoa theo ISO 4217, ví dụ "VND".'),
  say('CountryCode must be .*', 'cần mã mà ISO 3166-1 đã cấp cho một quốc gia, hai chữ cái hoa, ví dụ "VN" hoặc "GB".'),
  say('LanguageTag must be .*', 'cần mã ngôn ngữ theo BCP 47, hai hoặc ba chữ cái, ví dụ "en", "vi" hoặc "en-GB".'),
  say('URL must be .*', 'cần một địa chỉ đầy đủ bắt đầu bằng `http` hoặc `https`.'),
  // After "Syntax Error"
  say('Expected (.+), found (.+)\\.', 'cần {1}, nhưng gặp {2}.'),
  say('Unexpected description, .*', 'phần mô tả không được đặt ở đây.'),
  say('Unexpected single quote character .*', 'dấu nháy đơn không dùng được ở đây; hãy dùng dấu nháy kép (").'),
  say('Unexpected character: (.+)\\.', 'ký tự không được dùng ở đây: $1.'),
  say('Unexpected variable "\\$([^"]*)" in constant value\\.', 'không dùng biến "$$1" trong giá trị cố định.'),
  say('Unexpected (.+)\\.', 'không được có {1} ở đây.'),
  say('(.+) is reserved and cannot be used for an enum value\\.', '{1} đã dành riêng, không dùng làm giá trị liệt kê.'),
  say(
    'Document contains more tha[tn] (\\d+) (?:tokens|comments)\\. Parsing aborted\\.',
    'tài liệu quá dài: tối đa $1 phần tử.',
  ),
  say('Source contains more than (\\d+) .*', 'tài liệu quá dài: tối đa $1 ký tự.'),
  say('Invalid number, .*: (.+)\\.', 'số viết sai tại $1.'),
  say('Invalid character within String: (.+)\\.', 'chuỗi chứa ký tự không hợp lệ: $1.'),
  say('Invalid character: (.+)\\.', 'ký tự không hợp lệ: $1.'),
  say('Unterminated string\\.', 'chuỗi chưa được đóng.'),
  say('Invalid (?:Unicode|character) escape sequence: (.+)\\.', 'chuỗi thoát không hợp lệ: $1.'),
  // Words that stand inside the sentences above
  say('(\\w+) "(.*)"', '{1} "$2"'),
  say('operation', 'thao tác'),
  say('variable', 'biến'),
  say('argument', 'đối số'),
  say('fragment', 'đoạn'),
  say('input field', 'trường'),
  say('Name', 'tên'),
  say('String|BlockString', 'chuỗi'),
  say('Int|Float', 'số'),
  say('<EOF>', 'chỗ hết tài liệu'),
];

/** The sentence in Vietnamese; null for one that is not known. */
export function inVietnamese(message: string): string | null {
  const [, sentence, suggestions] = /^(.*?)(?: Did you mean (.*)\?)?$/s.exec(message)!;
  for (const [pattern, vietnamese] of SAYINGS) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    const said = vietnamese.replace(/\$(\d)|\{(\d)\}/g, (_, raw?: string, inner?: string) =>
      raw ? match[Number(raw)] : part(match[Number(inner)]),
    );
    return suggestions ? `${said} Có phải bạn muốn dùng ${inOrder(suggestions)}?` : said;
  }
  return null;
}

/** A part that is no word of graphql-js is a mark or a name of the document. */
function part(text: string): string {
  return inVietnamese(text) ?? text;
}

function inOrder(suggestions: string): string {
  return suggestions
    .replace(/^to use /, '')
    .replaceAll('the enum value ', 'giá trị ')
    .replaceAll('an inline fragment on ', 'đoạn trên ')
    .replace(/,? or (?=")/g, ' hoặc ');
}
