import type { Locale } from '../platform/errors/codes.js';

interface Way {
  readonly href: string;
  readonly name: string;
  readonly what: string;
}
interface Words {
  readonly title: string;
  readonly lead: string;
  readonly ways: readonly Way[];
  readonly languages: string;
  readonly otherLanguage: string;
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'The backend for trust-based grantmaking',
    lead: 'Funders offer agreements without strings; grantees confirm the money they received, tell what happened once for all their funders, and log in safety what got in their way.',
    ways: [
      { href: '/insights', name: 'Insights', what: 'which obstacles funders create: the published figures' },
      { href: '/docs', name: 'Guides', what: 'for foundations, for portals, for whoever runs the service' },
      { href: '/graphql', name: 'GraphiQL', what: 'ask the API in your browser' },
      { href: '/schema.graphql', name: 'schema.graphql', what: 'the GraphQL contract, each field described' },
      { href: '/openapi.json', name: 'openapi.json', what: 'the REST contract: files, streams, figures' },
      { href: '/health/ready', name: 'Health', what: 'whether this node is ready, and which version it runs' },
    ],
    languages: 'Languages',
    otherLanguage: 'Tiếng Việt',
  },
  vi: {
    title: 'Hệ thống phía sau cho tài trợ dựa trên lòng tin',
    lead: 'Nhà tài trợ đề nghị những thỏa thuận không ràng buộc; bên nhận tài trợ xác nhận số tiền đã nhận, kể lại một lần cho mọi nhà tài trợ, và ghi lại một cách an toàn điều gì đã cản trở mình.',
    ways: [
      { href: '/insights', name: 'Số liệu', what: 'nhà tài trợ gây ra trở ngại nào: số liệu đã công bố' },
      { href: '/docs', name: 'Hướng dẫn', what: 'cho nhà tài trợ, cho cổng thông tin, cho bên vận hành dịch vụ' },
      { href: '/graphql', name: 'GraphiQL', what: 'hỏi API ngay trong trình duyệt' },
      { href: '/schema.graphql', name: 'schema.graphql', what: 'hợp đồng GraphQL, có mô tả từng trường' },
      { href: '/openapi.json', name: 'openapi.json', what: 'hợp đồng REST: tệp, luồng, số liệu' },
      { href: '/health/ready', name: 'Tình trạng', what: 'nút này đã sẵn sàng chưa và chạy phiên bản nào' },
    ],
    languages: 'Ngôn ngữ',
    otherLanguage: 'English',
  },
};
