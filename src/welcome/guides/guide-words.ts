import type { Locale } from '../../platform/errors/codes.js';

interface Entry {
  readonly href: string;
  readonly name: string;
  readonly what: string;
}
interface Part {
  readonly title: string;
  readonly entries: readonly Entry[];
}
interface Words {
  readonly title: string;
  readonly lead: string;
  readonly parts: readonly Part[];
  readonly decisions: string;
  readonly back: string;
}

export const GUIDE_WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'Guides',
    lead: 'How to use this service, how to run it, and why it is as it is.',
    parts: [
      {
        title: 'To call it',
        entries: [
          {
            href: '/docs/foundations',
            name: 'Foundations',
            what: 'a grants system: offers, payments, reports, retries',
          },
          { href: '/docs/portals', name: 'Portals', what: 'a nonprofit’s portal on a poor network' },
          {
            href: '/docs/examples/foundation.ts',
            name: 'foundation.ts',
            what: 'the first guide as a TypeScript program',
          },
          { href: '/docs/examples/foundation.py', name: 'foundation.py', what: 'the same in Python' },
          { href: '/docs/examples/portal.sh', name: 'portal.sh', what: 'the second guide with curl' },
          { href: '/docs/rest', name: 'REST', what: 'each call described, and tried in your browser' },
          { href: '/schema.graphql', name: 'schema.graphql', what: 'each type and field of GraphQL described' },
          { href: '/docs/lifecycles', name: 'Lifecycles', what: 'what may follow what, and who may do it' },
          { href: '/docs/statistics', name: 'Statistics', what: 'how figures are made in which nobody can be found' },
        ],
      },
      {
        title: 'To run it',
        entries: [
          { href: '/docs/operating', name: 'Operating', what: 'settings, keys, jobs, backups' },
          { href: '/docs/restore', name: 'Restore', what: 'after a backup was put back' },
          { href: '/docs/reliability', name: 'Reliability', what: 'what was broken on purpose, and what held' },
          { href: '/docs/history', name: 'History', what: 'how a rewritten past is noticed' },
          { href: '/docs/performance', name: 'Performance', what: 'figures, and how to measure them' },
        ],
      },
      {
        title: 'To change it',
        entries: [
          { href: '/docs/architecture', name: 'Architecture', what: 'what lies where, and why' },
          { href: '/docs/adding-things', name: 'Adding things', what: 'a field, an operation, a table: step by step' },
          { href: '/docs/checks', name: 'Checks', what: 'which test fails when something is broken' },
        ],
      },
    ],
    decisions: 'Decisions',
    back: 'All guides',
  },
  vi: {
    title: 'Hướng dẫn',
    lead: 'Cách dùng dịch vụ này, cách vận hành, và vì sao dịch vụ được làm như vậy. Các hướng dẫn được viết bằng tiếng Anh.',
    parts: [
      {
        title: 'Để gọi dịch vụ',
        entries: [
          {
            href: '/docs/foundations',
            name: 'Nhà tài trợ',
            what: 'hệ thống quản lý tài trợ: đề nghị, chuyển tiền, báo cáo, gửi lại',
          },
          { href: '/docs/portals', name: 'Cổng thông tin', what: 'cổng của tổ chức phi lợi nhuận trên mạng yếu' },
          {
            href: '/docs/examples/foundation.ts',
            name: 'foundation.ts',
            what: 'hướng dẫn thứ nhất thành chương trình TypeScript',
          },
          { href: '/docs/examples/foundation.py', name: 'foundation.py', what: 'cùng chương trình bằng Python' },
          { href: '/docs/examples/portal.sh', name: 'portal.sh', what: 'hướng dẫn thứ hai với curl' },
          { href: '/docs/rest', name: 'REST', what: 'mô tả từng lệnh gọi, thử ngay trong trình duyệt' },
          { href: '/schema.graphql', name: 'schema.graphql', what: 'mô tả từng kiểu và từng trường của GraphQL' },
          { href: '/docs/lifecycles', name: 'Vòng đời', what: 'điều gì có thể theo sau điều gì, và ai được làm' },
          { href: '/docs/statistics', name: 'Thống kê', what: 'cách làm ra số liệu mà không ai bị nhận ra' },
        ],
      },
      {
        title: 'Để vận hành',
        entries: [
          { href: '/docs/operating', name: 'Vận hành', what: 'cấu hình, khóa, tác vụ, sao lưu' },
          { href: '/docs/restore', name: 'Khôi phục', what: 'sau khi một bản sao lưu được đưa trở lại' },
          {
            href: '/docs/reliability',
            name: 'Độ tin cậy',
            what: 'những gì đã được cố ý làm hỏng, và những gì vẫn đứng vững',
          },
          { href: '/docs/history', name: 'Lịch sử', what: 'cách nhận ra quá khứ bị viết lại' },
          { href: '/docs/performance', name: 'Hiệu năng', what: 'các con số, và cách đo' },
        ],
      },
      {
        title: 'Để thay đổi',
        entries: [
          { href: '/docs/architecture', name: 'Kiến trúc', what: 'cái gì nằm ở đâu, và vì sao' },
          { href: '/docs/adding-things', name: 'Thêm mới', what: 'một trường, một thao tác, một bảng: từng bước' },
          { href: '/docs/checks', name: 'Kiểm tra', what: 'phép thử nào thất bại khi có gì đó hỏng' },
        ],
      },
    ],
    decisions: 'Các quyết định',
    back: 'Mọi hướng dẫn',
  },
};
