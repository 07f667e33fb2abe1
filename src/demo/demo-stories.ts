import { daysAfter } from './days.js';
import { DemoClient } from './demo-client.js';
import type { DemoState } from './demo-files.js';
import { registerOnce, registerOrganization } from './demo-directory.js';
import type { KeyName, Organization } from './demo-organizations.js';
import { FLOOD_GROUP, SPONSORED } from './demo-organizations.js';
import { issueKey } from './issue-key.js';
import { Story } from './story.js';

export interface Stage {
  readonly begunOn: string;
  readonly url: string;
  readonly steward: DemoClient;
  readonly client: (name: KeyName) => DemoClient;
  readonly groupKey: string | undefined;
  readonly keep: (name: keyof DemoState['keys'], key: string) => void;
}

/**
 * What has happened in the network before anybody plays: agreements in several states, payments, a report, obstacles.
 * Each change has an idempotency key, and names the version it must find, so that telling again continues.
 */
export async function tellStories(stage: Stage): Promise<void> {
  const { client, steward } = stage;
  const day = (days: number): string => daysAfter(stage.begunOn, days);
  const granteeId = async (name: Organization): Promise<string> =>
    (await registerOrganization(steward, name)).replace('org_', 'gte_');

  await setPrompts(client('secondFunder'));

  // The agreement that the played report is also shared with; a bank kept its fee.
  const coast = new Story('coast', client('secondFunder'), client('grantee'));
  await coast.agree(
    await granteeId('grantee'),
    {
      ...{
        currency: 'EUR',
        parts: ['12000', '12000'],
        startsOn: day(-120),
        days: 730,
        every: 365,
        reportsAfter: [200, 560],
      },
      note: 'Use it as the season asks. If something changes, you need not ask us first.',
    },
    'Trần Thị Mận',
    'Chủ tịch hội',
  );
  await coast.pay(
    1,
    { amount: '12000', currency: 'EUR' },
    day(-121),
    { amount: '11982.50', currency: 'EUR' },
    day(-118),
  );

  // Money that came late, and a report that waits for its answer.
  const workshop = new Story('workshop', client('funder'), client('secondGrantee'));
  await workshop.agree(
    await granteeId('secondGrantee'),
    {
      ...{
        currency: 'GBP',
        parts: ['8000', '8000'],
        startsOn: day(-200),
        days: 540,
        firstAfter: 10,
        every: 185,
        reportsAfter: [180],
      },
      note: 'For whatever the school needs.',
    },
    'Phan Quốc Đạt',
    'Giám đốc',
  );
  await workshop.pay(
    1,
    { amount: '8000', currency: 'GBP' },
    day(-165),
    { amount: '255200000', currency: 'VND' },
    day(-161),
  );
  await workshop.pay(2, { amount: '8000', currency: 'GBP' }, day(-3));
  await workshop.report('vi', [
    ['WHAT_HAPPENED', 'Ba mươi mốt học viên học xong khóa sửa máy nổ; mười chín em đã có việc ở xưởng gần nhà.'],
    ['SURPRISES', 'Khoản đầu đến muộn, nên lớp tối phải lùi lại một tháng.'],
    ['LEARNED', 'Dạy tại xưởng hai buổi một tuần giữ được học viên hơn là dạy cả tuần ở trường.'],
  ]);
  await workshop.obstacle('late-money', {
    ...{ code: 'DISBURSEMENT_DELAY', tier: 'SHARED', beganMonth: day(-190), impact: { delayDays: 29 } },
    text: 'Đợt một đến muộn gần một tháng. Chúng tôi phải vay tiền trả lương giáo viên.',
  });

  // A regrantor: it receives from one foundation, and sends on within a day.
  const regrant = new Story('regrant', client('funder'), client('communityGrantee'));
  await regrant.agree(
    await granteeId('community'),
    {
      ...{ currency: 'VND', parts: ['2400000000'], startsOn: day(-90), days: 365, reportsAfter: [300] },
    },
    'Lâm Thị Bích Vân',
    'Thư ký quỹ',
  );
  await regrant.pay(
    1,
    { amount: '2400000000', currency: 'VND' },
    day(-90),
    { amount: '2400000000', currency: 'VND' },
    day(-89),
  );

  const group = await floodGroup(stage);
  const flood = new Story('flood', client('communityFunder'), group.client);
  await flood.agree(
    group.granteeId,
    {
      ...{ currency: 'VND', parts: ['150000000'], startsOn: day(-30), days: 180 },
      note: 'Mua xuồng, gạo, thuốc: bà con quyết định.',
    },
    'Út Lành',
    'Trưởng nhóm',
  );
  await flood.pay(
    1,
    { amount: '150000000', currency: 'VND' },
    day(-30),
    { amount: '150000000', currency: 'VND' },
    day(-30),
  );
  await flood.obstacle('storm', {
    ...{ code: 'NATURAL_DISASTER_OR_WEATHER', tier: 'CONFIDENTIAL', beganMonth: day(-20), impact: { delayDays: 6 } },
    text: 'Nước lên lần hai, đường vào xóm ngập sáu ngày.',
  });

  // An offer that waits, one that comes back with a wish, one that nobody but its funder sees.
  const cooperativeId = await granteeId('cooperative');
  const loom = new Story('loom', client('secondFunder'), client('cooperative'));
  await loom.offer(cooperativeId, {
    ...{
      currency: 'KES',
      parts: ['1300000', '1300000'],
      startsOn: day(30),
      days: 700,
      every: 365,
      reportsAfter: [365],
    },
  });
  const dyes = new Story('dyes', client('communityFunder'), client('cooperative'));
  await dyes.offer(cooperativeId, { currency: 'USD', parts: ['5000', '5000', '5000'], startsOn: day(20), days: 500 });
  await dyes.askForChanges('Could the first installment be the largest? The vats have to be paid in advance.');
  const boat = new Story('boat', client('funder'), client('grantee'));
  const fiscalSponsorId = await granteeId('secondGrantee');
  const sponsored = { ...SPONSORED, grantee: { legalForm: 'FISCALLY_SPONSORED', place: 'Xóm Cồn', fiscalSponsorId } };
  const boatId = await registerOnce(steward, 'sponsored', sponsored);
  await boat.draft(boatId.replace('org_', 'gte_'), { currency: 'GBP', parts: ['6000'], startsOn: day(45), days: 364 });
}

async function setPrompts(funder: DemoClient): Promise<void> {
  const prompts = [{ en: 'Who else should hear about this?', vi: 'Còn ai nên biết về việc này?' }];
  await funder.act('setReportPrompts', { prompts, expectedVersion: 1, idempotencyKey: 'prompts' }, 'funder { id }');
}

/** Invited by name, place and contact; the link gives it a key of its own. */
async function floodGroup(stage: Stage): Promise<{ granteeId: string; client: DemoClient }> {
  const { grantee, claimToken } = await stage
    .client('communityFunder')
    .act<{ grantee: { id: string }; claimToken: string | null }>(
      'inviteGrantee',
      { ...FLOOD_GROUP, idempotencyKey: 'flood-group' },
      'grantee { id } claimToken',
    );
  let key = stage.groupKey;
  if (!key) {
    // The link is shown once: when a start broke off before it was used, the steward issues a key instead.
    const issue = { role: 'GRANTEE', organizationId: grantee.id.replace('gte_', 'org_'), label: 'Demo: group' };
    key = claimToken
      ? (await stage.steward.act<{ secret: string }>('claimInvitation', { token: claimToken }, 'secret')).secret
      : await issueKey(stage, issue);
    stage.keep('group', key);
  }
  return { granteeId: grantee.id, client: new DemoClient(stage.url, key) };
}
