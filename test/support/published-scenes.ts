import type { Network } from './network.js';

interface SceneCell {
  readonly kind: string;
  readonly category?: string;
  readonly region?: string;
  readonly funderId?: string;
  readonly labelEn: string;
  readonly labelVi: string;
  readonly value: number;
}

/** A sealed release with figures that the test knows, written as the owner of the tables under all their constraints. */
export async function publish(
  network: Network,
  period: string,
  view: string,
  epsilon: number,
  cells: SceneCell[],
): Promise<void> {
  const release = `md5('${period}')::uuid`;
  await network.sql(
    `INSERT INTO statistics.releases (id, period, state, epsilon_category, epsilon_region, epsilon_funder, sealed_at)
     VALUES (${release}, $1, 'SEALED', CASE $2 WHEN 'CATEGORY' THEN $3::integer ELSE 350 END, 200, 400, '2027-01-20T03:00:00Z')
     ON CONFLICT DO NOTHING`,
    [period, view, epsilon],
  );
  await network.sql(
    `INSERT INTO statistics.ledger (period, view, year, epsilon, spent_at) VALUES ($1, $2, left($1, 4)::integer, $3, '2027-01-20T03:00:00Z')`,
    [period, view, epsilon],
  );
  await network.sql(
    `INSERT INTO statistics.cells (release_id, period, state, view, place, kind, category, region, funder_id, label_en, label_vi, value)
     SELECT ${release}, $1, 'SEALED', $2, n - 1, x->>'kind', x->>'category', x->>'region', (x->>'funderId')::uuid, x->>'labelEn', x->>'labelVi', (x->>'value')::integer
     FROM json_array_elements($3::json) WITH ORDINALITY AS t (x, n)`,
    [period, view, JSON.stringify(cells)],
  );
}

export async function refuseForSize(network: Network, period: string): Promise<void> {
  await network.sql(
    `INSERT INTO statistics.releases (id, period, state, epsilon_category, epsilon_region, epsilon_funder, sealed_at)
     VALUES (md5($1)::uuid, $1, 'REFUSED_FOR_SIZE', 350, 200, 400, '2027-04-20T03:00:00Z')`,
    [period],
  );
}

const category = (category: string, labelEn: string, labelVi: string, value: number): SceneCell => ({
  kind: category.split('_')[0],
  category,
  labelEn,
  labelVi,
  value,
});

/** A quarter and its year. Two figures are below T, one of them below zero. */
export const QUARTER: SceneCell[] = [
  category('FUNDER_DIRECTION', "The funder's direction and staff", 'Định hướng và nhân sự của nhà tài trợ', 64),
  category('FUNDER_PAYMENT', 'How and when the funder pays', 'Cách thức và thời điểm nhà tài trợ chi trả', 131),
  category('FUNDER_PAPERWORK', "The funder's paperwork", 'Thủ tục giấy tờ của nhà tài trợ', 88),
  category('FUNDER_RELATIONSHIP', "The funder's rules and answers", 'Quy định và phản hồi của nhà tài trợ', 11),
  category('EXTERNAL_DISASTER', 'Disaster and disease', 'Thiên tai và dịch bệnh', 97),
  category(
    'EXTERNAL_ECONOMY',
    'Economy, law and other outside causes',
    'Kinh tế, pháp luật và nguyên nhân bên ngoài khác',
    105,
  ),
  category('ORGANIZATION_PEOPLE', 'People and partners', 'Con người và đối tác', 72),
  category('ORGANIZATION_ASSETS', 'Property and equipment', 'Tài sản và thiết bị', -3),
];

const region = (region: string | undefined, labelEn: string, labelVi: string, values: number[]): SceneCell[] =>
  ['FUNDER', 'EXTERNAL', 'ORGANIZATION'].map((kind, i) => ({ kind, region, labelEn, labelVi, value: values[i] }));

export const REGIONS: SceneCell[] = [
  ...region('202', 'Sub-Saharan Africa', 'Châu Phi hạ Sahara', [210, 160, 70]),
  ...region('035', 'South-eastern Asia', 'Đông Nam Á', [340, 290, 120]),
  ...region(undefined, 'Other regions', 'Các khu vực khác', [55, 20, 41]),
];

const ids = ['1', '2', '3'].map((n) => `${n}0000000-0000-7000-8000-000000000000`);
/** In another order than the alphabet's, and one with a name that a spreadsheet would run. */
export const FUNDERS: SceneCell[] = [
  { kind: 'FUNDER', labelEn: 'Other funders', labelVi: 'Các nhà tài trợ khác', value: 90 },
  { kind: 'FUNDER', funderId: ids[0], labelEn: 'Ánh Dương Fund', labelVi: 'Ánh Dương Fund', value: 34 },
  {
    kind: 'FUNDER',
    funderId: ids[1],
    labelEn: 'Zephyr "Bold" <Trust>, Inc.',
    labelVi: 'Zephyr "Bold" <Trust>, Inc.',
    value: 51,
  },
  {
    kind: 'FUNDER',
    funderId: ids[2],
    labelEn: '=HYPERLINK("http://x","y")',
    labelVi: '=HYPERLINK("http://x","y")',
    value: 17,
  },
];
