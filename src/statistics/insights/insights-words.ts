import type { Locale } from '../../platform/errors/codes.js';

/** What the page says, apart from names and figures. `{name}` is filled in. */
const ENGLISH = {
  title: 'What gets in the way',
  skip: 'To the content',
  lead: 'Grantees of this network say what gets in the way of their work: decisions of their funders, events from outside, trouble of their own. What one of them wrote is never shown here. These are sealed figures about all of them together.',
  nothingTitle: 'Nothing has been sealed yet',
  nothing:
    'A quarter is sealed at the earliest 14 days after it ends, once and for good. Until then there are no figures, not even for those who run this network.',
  nothingSmall:
    'A small network publishes nothing at all: at least {gate} organizations must have been able to report. Where fewer could have, a figure would come too close to saying who did. A quarter that was too small is closed for good, and its figures are never made.',
  refusedTitle: 'The latest quarter is not published',
  refused:
    'In {period} too few organizations could have reported (at least {gate} must), so it was closed without figures.',
  period: 'Sealed figures for {period}',
  shareTitle: 'How much of it comes from funders',
  shareText:
    'Of what grantees reported in {period}, the part whose first cause was a funder, beside the 46\u00a0% that Open Road Alliance found in its study of 102 projects. The study counted roadblocks of projects; here each organization counts once, under what it reported most. Compare the size, not the decimals. In the chart the white bar is the study.',
  cause: 'Cause',
  source: 'Source',
  share: 'Share',
  figure: 'Organizations',
  interval: '95\u00a0% interval',
  none: 'none given',
  downloads: 'Download',
  protectionTitle: 'How the figures are protected',
  protection: [
    'Before a figure is published, a random number is added to it or taken from it, so that the figures of one quarter say little about whether any one organization is in them. The more periods somebody reads together, the more they say: the table below tells how much. The true counts are not kept. The interval beside a figure says how far off that leaves it: 95 times in 100 the true count lies within. A figure too small to be told from chance reads “fewer than {CATEGORY}” by cause, “fewer than {KIND_BY_REGION}” by region and “fewer than {FUNDER}” by funder, since each of these has random numbers of its own size.',
    'Each organization counts once, however much it reported. The random numbers are drawn once, when a period is sealed, and never again: asking a second time, or every day, tells nothing more. A sealed release never changes.',
  ],
  guaranteeLead:
    'What that is worth can be said in numbers. Suppose somebody knows everything about every other organization, and starts from even odds about one. Then whatever they make of these figures, they guess right at most this often:',
  guaranteePeriod: 'What they have seen',
  guaranteeReported: 'whether it reported at all',
  guaranteeAbout: 'what it reported about',
  guaranteeCaption: 'Highest chance of guessing right about one organization',
  quarter: 'the figures of one quarter',
  quarterWithYear: 'one quarter, and the figures by region and by funder of its year',
  year: 'all figures of a year',
  twoYears: 'all figures of two years',
  guaranteeEven:
    'A coin would be right 50\u00a0% of the time. The chances above are the highest that there can be: for somebody who knows the truth about every other organization, and about an organization that reports in every quarter. In the last rows they come close to certainty. Against such a person the figures of one quarter protect an organization; the figures of two years hardly do.',
  steward: {
    named:
      'What a grantee logs in confidence is read by the steward of this network, {name}, and by no funder. The steward reads nothing that concerns an organization which is, or ever was, its own.',
    none: 'What a grantee logs in confidence is read by the steward of this network and by no funder. The steward says that no organization of its own takes part.',
    undeclared:
      'Nobody has said yet whose steward this network has. Until then grantees cannot log anything in confidence that the steward would read.',
  },
  shared:
    'Obstacles that a grantee shares with a funder by name are outside of this promise: so are the records of how funders answer them, which count shared obstacles as they are, without a random number.',
  administrator:
    'This protects against everybody who reads the figures, funders and analysts included. It does not protect against the people who run the database: whoever administers it can read what is in it.',
  rawTitle: 'The figures as data',
  raw: 'All sealed figures are at {link}, as CSV and JSON, without a key. They are whole numbers with a sign, as they were drawn: sums and shares should be made of these, negative ones included.',
  trendTitle: 'Over time',
  trendText:
    'The same figures for each quarter of the last two years that was published. Each quarter has random numbers of its own: a step that is smaller than the intervals says nothing.',
  trendLegend:
    'A broken outline: a figure too small to be told from chance, somewhere below the line. No column: nothing was published.',
  quarterColumn: 'Quarter',
  notPublished: 'not published',
  periodsTitle: 'All periods',
  periodsText: 'Every period that was closed, the latest first. What was published of it never changes.',
  closedWithout: '{period}: closed without figures',
  refusedPeriodTitle: 'This period is not published',
  toLatest: 'To the latest figures',
  missingTitle: 'There are no figures for this period',
  missing:
    'Figures are made for quarters such as 2026-Q3 and for years such as 2026, some time after they end. The network publishes nothing of any other period.',
  headsTitle: 'Heads: proof that history was not rewritten',
  heads: [
    'All that funders, grantees and the steward do in this network is written down as a chain, in which each entry is sealed together with the one before it. Once a day a short code for the last entry is published: the head of that day. It tells nothing of what was done, by whom, or how often.',
    'Whoever keeps a head has a proof: if anything that happened before it is changed or taken out later, the chain no longer leads to this head, and whoever runs the network can be asked to show that it does. What a grantee says in confidence is not in this chain, since its place there would tell.',
  ],
  latestHead: 'The head of {date}:',
  noHead: 'No head has been published yet.',
  headsLink: 'The heads of every day are at {link}.',
  allPeriods: 'All periods in one file',
  dictionary: 'What each column and code means',
  views: {
    CATEGORY: {
      title: 'What got in the way',
      text: 'Organizations in {period}, each once, under the kind of obstacle it reported most.',
      first: 'Cause',
    },
    KIND_BY_REGION: {
      title: 'By region',
      text: 'Organizations in {period}, each once, under the kind of obstacle it reported most, by where they are. Regions in which few could have reported are together.',
      first: 'Region',
    },
    FUNDER: {
      title: 'By funder',
      text: 'Organizations in {period} that named a funder as the cause and let it be said, by funder, in the order of the alphabet. Entries meant for statistics alone are in none of these. Funders with few grantees are together.',
      first: 'Funder',
    },
  },
  picture: 'picture',
  footer: 'Goodfaith is the backend of this network: it keeps what funders and grantees owe each other.',
};

export type Words = typeof ENGLISH;

const VIETNAMESE: Words = {
  title: 'Điều gì đang cản trở',
  skip: 'Đến nội dung',
  lead: 'Các tổ chức nhận tài trợ trong mạng lưới này cho biết điều gì cản trở công việc của họ: quyết định của nhà tài trợ, sự kiện bên ngoài, hay khó khăn nội bộ. Những gì từng tổ chức viết không bao giờ xuất hiện ở đây. Đây là các số liệu đã niêm phong về tất cả các tổ chức cùng nhau.',
  nothingTitle: 'Chưa có số liệu nào được niêm phong',
  nothing:
    'Mỗi quý được niêm phong sớm nhất 14 ngày sau khi kết thúc, một lần và mãi mãi. Trước lúc đó không có số liệu nào, kể cả đối với những người vận hành mạng lưới này.',
  nothingSmall:
    'Một mạng lưới nhỏ không công bố gì cả: phải có ít nhất {gate} tổ chức đủ điều kiện báo cáo. Nếu ít hơn, con số sẽ gần như nói ra ai đã báo cáo. Một quý quá ít tổ chức sẽ được đóng vĩnh viễn, và số liệu của quý đó không bao giờ được lập.',
  refusedTitle: 'Quý gần nhất không được công bố',
  refused:
    'Trong {period} có quá ít tổ chức đủ điều kiện báo cáo (cần ít nhất {gate}), nên quý này được đóng mà không có số liệu.',
  period: 'Số liệu đã niêm phong của {period}',
  shareTitle: 'Bao nhiêu phần do nhà tài trợ gây ra',
  shareText:
    'Trong những gì các tổ chức báo cáo trong {period}, phần có nguyên nhân đầu tiên là nhà tài trợ, bên cạnh mức 46\u00a0% mà Open Road Alliance tìm thấy trong nghiên cứu 102 dự án. Nghiên cứu đó đếm các trở ngại của dự án; ở đây mỗi tổ chức được tính một lần, theo loại trở ngại mà tổ chức báo cáo nhiều nhất. Hãy so sánh độ lớn, không so sánh số lẻ. Trong hình, cột trắng là nghiên cứu đó.',
  cause: 'Nguyên nhân',
  source: 'Nguồn',
  share: 'Tỷ lệ',
  figure: 'Số tổ chức',
  interval: 'Khoảng 95\u00a0%',
  none: 'không nêu',
  downloads: 'Tải về',
  protectionTitle: 'Các số liệu được bảo vệ như thế nào',
  protection: [
    'Trước khi công bố, mỗi con số được cộng thêm hoặc trừ đi một số ngẫu nhiên, để số liệu của một quý nói rất ít về việc một tổ chức cụ thể có nằm trong đó hay không. Càng đọc nhiều kỳ cùng nhau thì càng biết nhiều hơn: bảng dưới đây cho biết nhiều đến đâu. Số đếm thật không được lưu lại. Khoảng bên cạnh mỗi con số cho biết sai lệch có thể lớn đến đâu: 95 trên 100 lần, số đếm thật nằm trong khoảng đó. Con số quá nhỏ để phân biệt với ngẫu nhiên được ghi là “dưới {CATEGORY}” theo nguyên nhân, “dưới {KIND_BY_REGION}” theo khu vực và “dưới {FUNDER}” theo nhà tài trợ, vì mỗi loại có các số ngẫu nhiên với độ lớn riêng.',
    'Mỗi tổ chức được tính một lần, dù báo cáo bao nhiêu. Các số ngẫu nhiên chỉ được rút một lần, khi niêm phong, và không bao giờ rút lại: hỏi lần thứ hai, hay hỏi mỗi ngày, cũng không biết thêm gì. Số liệu đã niêm phong không bao giờ thay đổi.',
  ],
  guaranteeLead:
    'Mức bảo vệ đó có thể nói bằng con số. Giả sử có người biết mọi điều về mọi tổ chức khác, và ban đầu không biết gì hơn ngoài cơ hội ngang nhau về một tổ chức. Dù phân tích các số liệu này thế nào, người đó đoán đúng nhiều nhất là:',
  guaranteePeriod: 'Đã xem những gì',
  guaranteeReported: 'tổ chức có báo cáo hay không',
  guaranteeAbout: 'tổ chức báo cáo về điều gì',
  guaranteeCaption: 'Khả năng đoán đúng cao nhất về một tổ chức',
  quarter: 'số liệu của một quý',
  quarterWithYear: 'một quý, cùng số liệu theo khu vực và theo nhà tài trợ của năm đó',
  year: 'toàn bộ số liệu của một năm',
  twoYears: 'toàn bộ số liệu của hai năm',
  guaranteeEven:
    'Tung đồng xu thì đúng 50\u00a0% số lần. Các khả năng trên là cao nhất có thể có: khi một người biết sự thật về mọi tổ chức khác, và tổ chức được nói đến báo cáo trong mọi quý. Ở các dòng cuối, khả năng đó gần như là chắc chắn. Trước một người như vậy, số liệu của một quý vẫn bảo vệ được một tổ chức; số liệu của hai năm thì hầu như không.',
  steward: {
    named:
      'Những gì tổ chức nhận tài trợ ghi ở mức bảo mật thì bên điều phối của mạng lưới này, {name}, đọc được, còn nhà tài trợ thì không. Bên điều phối không đọc được điều gì liên quan đến tổ chức thuộc, hoặc từng thuộc, chính họ.',
    none: 'Những gì tổ chức nhận tài trợ ghi ở mức bảo mật thì bên điều phối của mạng lưới này đọc được, còn nhà tài trợ thì không. Bên điều phối cho biết không có tổ chức nào của mình tham gia.',
    undeclared:
      'Chưa ai cho biết bên điều phối của mạng lưới này thuộc tổ chức nào. Đến lúc đó các tổ chức nhận tài trợ chưa thể ghi ở mức bảo mật điều gì để bên điều phối đọc.',
  },
  shared:
    'Những trở ngại mà tổ chức nhận tài trợ chia sẻ đích danh với nhà tài trợ nằm ngoài cam kết này: cả hồ sơ về việc nhà tài trợ trả lời chúng cũng vậy, vì hồ sơ đó đếm đúng số trở ngại đã chia sẻ, không thêm số ngẫu nhiên.',
  administrator:
    'Điều này bảo vệ trước tất cả những ai đọc số liệu, kể cả nhà tài trợ và người phân tích. Nó không bảo vệ trước những người vận hành cơ sở dữ liệu: ai quản trị cơ sở dữ liệu thì đọc được những gì trong đó.',
  rawTitle: 'Số liệu dưới dạng dữ liệu',
  raw: 'Mọi số liệu đã niêm phong có tại {link}, dạng CSV và JSON, không cần khóa. Đó là các số nguyên có dấu, đúng như đã rút: tổng và tỷ lệ nên được tính từ các số này, kể cả số âm.',
  trendTitle: 'Theo thời gian',
  trendText:
    'Cùng các số liệu đó cho từng quý đã công bố trong hai năm gần nhất. Mỗi quý có các số ngẫu nhiên riêng: thay đổi nhỏ hơn các khoảng thì không nói lên điều gì.',
  trendLegend:
    'Viền đứt: con số quá nhỏ để phân biệt với ngẫu nhiên, nằm đâu đó dưới đường viền. Không có cột: không có gì được công bố.',
  quarterColumn: 'Quý',
  notPublished: 'không công bố',
  periodsTitle: 'Tất cả các kỳ',
  periodsText: 'Mọi kỳ đã đóng, mới nhất trước. Những gì đã công bố của một kỳ không bao giờ thay đổi.',
  closedWithout: '{period}: đóng, không có số liệu',
  refusedPeriodTitle: 'Kỳ này không được công bố',
  toLatest: 'Đến số liệu mới nhất',
  missingTitle: 'Không có số liệu cho kỳ này',
  missing:
    'Số liệu được lập cho từng quý, như 2026-Q3, và từng năm, như 2026, một thời gian sau khi kỳ đó kết thúc. Mạng lưới không công bố gì cho kỳ nào khác.',
  headsTitle: 'Mã đầu chuỗi: bằng chứng lịch sử không bị viết lại',
  heads: [
    'Mọi việc mà nhà tài trợ, tổ chức nhận tài trợ và bên điều phối làm trong mạng lưới này được ghi thành một chuỗi, trong đó mỗi mục được niêm phong cùng với mục trước nó. Mỗi ngày một lần, một mã ngắn của mục cuối cùng được công bố: mã đầu chuỗi của ngày đó. Mã này không cho biết đã có việc gì, ai làm, hay bao nhiêu lần.',
    'Ai giữ một mã đầu chuỗi thì có bằng chứng: nếu điều gì xảy ra trước đó bị sửa hoặc xóa về sau, chuỗi sẽ không còn dẫn đến mã này, và có thể yêu cầu bên vận hành mạng lưới chứng minh rằng chuỗi vẫn dẫn đến đó. Những gì tổ chức nhận tài trợ nói ở mức bảo mật không nằm trong chuỗi này, vì chỗ của chúng trong chuỗi sẽ để lộ.',
  ],
  latestHead: 'Mã đầu chuỗi ngày {date}:',
  noHead: 'Chưa có mã đầu chuỗi nào được công bố.',
  headsLink: 'Mã đầu chuỗi của mọi ngày có tại {link}.',
  allPeriods: 'Tất cả các kỳ trong một tệp',
  dictionary: 'Ý nghĩa của từng cột và từng mã',
  views: {
    CATEGORY: {
      title: 'Điều gì đã cản trở',
      text: 'Số tổ chức trong {period}, mỗi tổ chức một lần, theo loại trở ngại được báo cáo nhiều nhất.',
      first: 'Nguyên nhân',
    },
    KIND_BY_REGION: {
      title: 'Theo khu vực',
      text: 'Số tổ chức trong {period}, mỗi tổ chức một lần, theo loại trở ngại được báo cáo nhiều nhất và nơi hoạt động. Các khu vực có ít tổ chức đủ điều kiện báo cáo được gộp chung.',
      first: 'Khu vực',
    },
    FUNDER: {
      title: 'Theo nhà tài trợ',
      text: 'Số tổ chức trong {period} nêu một nhà tài trợ là nguyên nhân và đồng ý để điều đó được nói ra, theo từng nhà tài trợ, xếp theo bảng chữ cái. Các mục chỉ dành cho thống kê không nằm trong số này. Các nhà tài trợ có ít tổ chức nhận tài trợ được gộp chung.',
      first: 'Nhà tài trợ',
    },
  },
  picture: 'hình',
  footer:
    'Goodfaith là hệ thống của mạng lưới này: nơi ghi lại những gì nhà tài trợ và tổ chức nhận tài trợ phải giữ lời với nhau.',
};

export const WORDS: Readonly<Record<Locale, Words>> = { en: ENGLISH, vi: VIETNAMESE };

/** In a narrow table, where a percent sign must not stand alone in a line. */
export function unbroken(text: string): string {
  return text.replaceAll(' %', '\u00a0%');
}

export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? name));
}
