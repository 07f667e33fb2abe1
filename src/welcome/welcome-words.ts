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
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'The backend for trust-based grantmaking',
    lead: 'Funders offer agreements without strings; grantees confirm the money they received, tell what happened once for all their funders, and log in safety what got in their way.',
    ways: [
      { href: '/insights?language=en', name: 'Insights', what: 'the published figures of what gets in grantees’ way' },
      { href: '/docs?language=en', name: 'Guides', what: 'for foundations, for portals, for whoever runs the service' },
      { href: '/graphql', name: 'GraphiQL', what: 'ask the API in your browser' },
      { href: '/schema.graphql', name: 'schema.graphql', what: 'the GraphQL contract, each field described' },
      { href: '/openapi.json', name: 'openapi.json', what: 'the REST contract, for files, streams and figures' },
      { href: '/health/ready', name: 'Health', what: 'whether this node is ready, and which version it runs' },
    ],
  },
  vi: {
    title: 'Hệ thống phía sau cho tài trợ dựa trên lòng tin',
    lead: 'Nhà tài trợ đề nghị những thỏa thuận không ràng buộc; bên nhận tài trợ xác nhận số tiền đã nhận, kể lại một lần cho mọi nhà tài trợ, và ghi lại một cách an toàn điều gì đã cản trở mình.',
    ways: [
      {
        href: '/insights?language=vi',
        name: 'Số liệu',
        what: 'số liệu đã công bố về những gì cản trở bên nhận tài trợ',
      },
      {
        href: '/docs?language=vi',
        name: 'Hướng dẫn',
        what: 'cho nhà tài trợ, cho cổng thông tin, cho bên vận hành dịch vụ',
      },
      { href: '/graphql', name: 'GraphiQL', what: 'hỏi API ngay trong trình duyệt' },
      { href: '/schema.graphql', name: 'schema.graphql', what: 'mô tả API GraphQL, giải thích từng trường' },
      { href: '/openapi.json', name: 'openapi.json', what: 'mô tả API REST, cho tệp, luồng và số liệu' },
      { href: '/health/ready', name: 'Tình trạng', what: 'nút này đã sẵn sàng chưa và chạy phiên bản nào' },
    ],
  },
};
