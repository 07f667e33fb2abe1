import { expect } from '@jest/globals';
import { agreementScenes } from './agreement-scenes.js';
import { moneyScenes, money } from './money-scenes.js';
import type { Network } from './network.js';
import { recordAgreement } from './obstacle-scenes.js';
import type { Party } from './sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './sponsor-scenes.js';

/** Something to see, to change and to suggest: agreements in several states, one of them sponsored, holds, a transfer cost, a report with a funder. */
export async function liven(network: Network): Promise<Party[]> {
  for (const [funder, grantee] of PAIRS) await recordAgreement(network, funder, grantee);
  const scenes = agreementScenes(() => network);
  const payments = moneyScenes(() => network, scenes);
  const { id, installments } = (await scenes.active()) as { id: string; installments: { id: string }[] };
  const other = (await scenes.active()) as { installments: { id: string }[] };
  await scenes.offered();
  const sent = await payments.send(installments[0].id, money('400.00'), '2026-11-01');
  await payments.confirm(sent, money('390.00'), '2026-11-02');
  const ground = { ground: 'COURT_ORDER', legalBasis: 'An order of the court of Can Tho.' };
  for (const { id: installmentId } of [installments[1], ...other.installments]) {
    await payments.done('funder', 'placeLegalHold', { installmentId, ...ground }, 'legalHold { id }');
  }
  const report = { sections: [{ prompt: 'LEARNED', text: 'People come when they are asked.' }], shareWith: [id] };
  const { userErrors } = (await network.mutate(network.keys.grantee, 'submitReport', report, '__typename')) as {
    userErrors: object[];
  };
  expect(userErrors).toEqual([]);
  const { ids, keys } = network;
  const sponsor = { id: ids.grantee, organizationId: ids.organization.grantee, key: keys.grantee };
  const groups: Party[] = [];
  for (const name of ['Nhóm Thuyền', 'Nhóm Lưới']) {
    const sponsorship = await addSponsorship(network, { name, sponsor });
    await sponsorScenes(() => network, scenes).active(sponsorship);
    groups.push(sponsorship.group);
  }
  return groups;
}

const PAIRS = [
  ['funder', 'grantee'],
  ['secondFunder', 'grantee'],
  ['funder', 'secondGrantee'],
] as const;
