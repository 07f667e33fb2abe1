import { randomUUID } from 'node:crypto';
import { DemoClient } from './demo-client.js';
import type { Shown } from './demo-organizations.js';
import type { Narrator } from './narrator.js';
import { playAgreement } from './play-agreement.js';
import { playFeeds, startOfFeeds } from './play-feeds.js';
import { playObstacle } from './play-obstacle.js';
import { playPayment } from './play-payment.js';
import { playReport } from './play-report.js';
import type { Cast, Scene } from './scene.js';

/** What the parts of the play hand on. */
export interface Played {
  readonly agreementId: string;
  readonly secondAgreementId: string;
  readonly reportId: string;
  readonly obstacleId: string;
}

/** The main job, from offer to resolved obstacle, over HTTP. Each play makes an agreement of its own. */
export async function play(url: string, keys: Record<Shown, string>, today: string, say: Narrator): Promise<Played> {
  const cast = await meet(url, keys);
  const scene: Scene = { cast, say, today, run: randomUUID() };
  say.line();
  say.line('Who plays (all organizations here are invented)');
  say.table(Object.entries(cast.names));
  const feeds = await startOfFeeds(scene);
  const agreementId = await playAgreement(scene);
  await playPayment(scene, agreementId);
  const { reportId, secondAgreementId } = await playReport(scene, agreementId);
  const obstacleId = await playObstacle(scene, agreementId);
  await playFeeds(scene, feeds);
  return { agreementId, secondAgreementId, reportId, obstacleId };
}

async function meet(url: string, keys: Record<Shown, string>): Promise<Cast> {
  interface Asked {
    viewer: { organization: { name: string }; asGrantee: { id: string } | null };
  }
  const clients = {
    funder: new DemoClient(url, keys.funder),
    secondFunder: new DemoClient(url, keys.secondFunder),
    grantee: new DemoClient(url, keys.grantee),
  };
  const viewerOf = async (client: DemoClient): Promise<Asked['viewer']> =>
    (await client.ask<Asked>('{ viewer { organization { name } asGrantee { id } } }')).viewer;
  const [funder, secondFunder, grantee] = [
    await viewerOf(clients.funder),
    await viewerOf(clients.secondFunder),
    await viewerOf(clients.grantee),
  ];
  const names = {
    funder: funder.organization.name,
    secondFunder: secondFunder.organization.name,
    grantee: grantee.organization.name,
  };
  return { ...clients, names, granteeId: grantee.asGrantee!.id };
}
