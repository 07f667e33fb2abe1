import type { Locale } from '../../platform/errors/codes.js';
import type { View } from '../views.rules.js';

interface Words {
  readonly views: Readonly<Record<View, { readonly title: string; readonly description: string }>>;
  readonly share: { readonly title: string; readonly description: string };
  readonly trend: { readonly title: string; readonly description: string };
  readonly shareTrend: string;
  readonly here: (period: string) => string;
  readonly study: string;
  readonly organizations: string;
  readonly percent: string;
  readonly to: string;
  readonly unknown: string;
}

export const CHART_WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    views: {
      CATEGORY: {
        title: 'What got in the way of grantees',
        description: 'Organizations, each once, by the kind of obstacle it reported most, with 95 % intervals.',
      },
      KIND_BY_REGION: {
        title: 'What got in the way of grantees, by region',
        description: 'Organizations, each once, by region and cause, with 95 % intervals.',
      },
      FUNDER: {
        title: 'Grantees that named a funder as the cause',
        description: 'Organizations by funder, in the order of the alphabet, with 95 % intervals.',
      },
    },
    share: {
      title: 'Share of obstacles created by funders',
      description: 'Share of first causes, with its 95 % interval, beside a published study.',
    },
    trend: {
      title: 'What got in the way of grantees, by quarter',
      description: 'Organizations, each once a quarter, by the kind of obstacle it reported most, with 95 % intervals.',
    },
    shareTrend: 'Share of obstacles created by funders, by quarter',
    here: (period) => `This network, ${period}`,
    study: 'Open Road Alliance, 102 projects',
    organizations: 'organizations',
    percent: '% of what was reported',
    to: 'to',
    unknown: 'too little to say',
  },
  vi: {
    views: {
      CATEGORY: {
        title: 'Điều gì đã cản trở các tổ chức nhận tài trợ',
        description: 'Số tổ chức, mỗi tổ chức một lần, theo loại trở ngại được báo cáo nhiều nhất, với khoảng 95 %.',
      },
      KIND_BY_REGION: {
        title: 'Điều gì đã cản trở các tổ chức nhận tài trợ, theo khu vực',
        description: 'Số tổ chức, mỗi tổ chức một lần, theo khu vực và nguyên nhân, với khoảng 95 %.',
      },
      FUNDER: {
        title: 'Tổ chức nêu nhà tài trợ là nguyên nhân',
        description: 'Số tổ chức theo nhà tài trợ, xếp theo bảng chữ cái, với khoảng 95 %.',
      },
    },
    share: {
      title: 'Tỷ lệ trở ngại do nhà tài trợ gây ra',
      description: 'Tỷ lệ trong các nguyên nhân đầu tiên, với khoảng 95 %, bên cạnh một nghiên cứu đã công bố.',
    },
    trend: {
      title: 'Điều gì đã cản trở các tổ chức nhận tài trợ, theo quý',
      description:
        'Số tổ chức, mỗi tổ chức một lần trong một quý, theo loại trở ngại được báo cáo nhiều nhất, với khoảng 95 %.',
    },
    shareTrend: 'Tỷ lệ trở ngại do nhà tài trợ gây ra, theo quý',
    here: (period) => `Mạng lưới này, ${period}`,
    study: 'Open Road Alliance, 102 dự án',
    organizations: 'tổ chức',
    percent: '% của những gì được báo cáo',
    to: 'đến',
    unknown: 'quá ít để kết luận',
  },
};
