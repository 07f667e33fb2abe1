import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { AppModule } from '../app.module.js';
import type { Config } from '../config.js';
import { findBreaches } from '../doctor/doctor.js';
import { ObstacleCodes } from '../obstacles/codes/obstacle-codes.service.js';
import { ObstacleLog } from '../obstacles/log/obstacle-log.service.js';
import { Stewardship } from '../organizations/stewardship/stewardship.service.js';
import type { Actor } from '../platform/access/actor.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { Database } from '../platform/db/database.service.js';
import { EventSealer } from '../platform/events/event-sealer.service.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import type { Period } from '../statistics/period.rules.js';
import { quarterOf, sealableFrom } from '../statistics/period.rules.js';
import { Publishing } from '../statistics/sealing/publishing.service.js';
import type { ComparedCell } from './comparison.js';
import { compare } from './comparison.js';
import { SeededEntropy, SimulatedClock } from './seeded.js';
import type { SimulatedGrantee } from './simulated-network.js';
import { inventNetwork } from './simulated-network.js';
import { writeNetwork } from './simulated-network.store.js';
import type { SimulatedObstacle } from './simulated-obstacles.js';
import { inventObstacles } from './simulated-obstacles.js';

export interface SimulationOptions {
  readonly grantees: number;
  readonly quarters: number;
  readonly seed: number;
}
/** An empty, migrated database that holds nothing but this simulation. */
export interface SimulationTarget {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly secret: string;
}
type Say = (line: string) => void;

export const FIRST_YEAR = 2024;
const HOUR = 3_600_000;

/**
 * Invents a network, lets it log obstacles day by day, and has each quarter sealed when it is due: by the service's own
 * parts, on a clock that jumps from call to call. Answers what was published beside what was true.
 */
export async function simulate(
  options: SimulationOptions,
  target: SimulationTarget,
  say: Say,
): Promise<ComparedCell[]> {
  const seed = `${options.seed} ${options.grantees}`;
  const clock = new SimulatedClock();
  const entropy = new SeededEntropy(clock, seed);
  const quarters = Array.from({ length: options.quarters }, (_, i) =>
    quarterOf(FIRST_YEAR + Math.floor(i / 4), (i % 4) + 1),
  );
  const [from, to] = [quarters[0].startsAt.getTime(), quarters[quarters.length - 1].endsAt.getTime()];
  clock.set(from);
  const network = inventNetwork({ seed, grantees: options.grantees, from, to });
  const owner = new pg.Client({ connectionString: target.ownerUrl });
  await owner.connect();
  const { config, databaseUrl, secret } = target;
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ config: { ...config, jobs: false }, databaseUrl, secret, clock, entropy }),
    { logger: ['error'], abortOnError: false },
  );
  try {
    await writeNetwork(owner, network, quarters[0].startsAt);
    await app.get(Stewardship).declareNone({ ...PUBLIC_ACTOR, role: 'STEWARD' }, { expectedVersion: 1 });
    say(`${network.grantees.length} grantees and ${network.funders.length} funders were invented.`);
    const codes = await app.get(ObstacleCodes).list(app.get(Database).reader(PUBLIC_ACTOR), null);
    const years = new Run(app, clock, entropy, say);
    for (const quarter of quarters) {
      const between = { seed, from: quarter.startsAt.getTime(), to: quarter.endsAt.getTime() };
      await years.live(quarter, inventObstacles(network, codes, between));
    }
    await years.end(quarters[quarters.length - 1]);
    await app.get(EventSealer).catchUp();
    await beSound(owner);
    const publishing = app.get(Publishing, { strict: false });
    return await compare(owner, (period, view) => publishing.tieOrder(period, view));
  } finally {
    await app.close();
    await owner.end();
  }
}

/** The calls of a simulated network in the order of time, sealing among them. */
class Run {
  private due: { period: Period; at: number }[] = [];
  private readonly log: ObstacleLog;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: SimulatedClock,
    private readonly entropy: SeededEntropy,
    private readonly say: Say,
  ) {
    this.log = app.get(ObstacleLog);
  }

  /** A quarter is sealed while the next one is being logged. */
  async live(quarter: Period, obstacles: readonly SimulatedObstacle[]): Promise<void> {
    const begun = performance.now();
    this.entropy.begin(`logging ${quarter.name}`);
    for (const obstacle of obstacles) {
      await this.sealUntil(obstacle.at);
      this.clock.set(obstacle.at);
      await this.logOne(obstacle);
    }
    this.due.push({ period: quarter, at: sealableFrom(quarter).getTime() + HOUR });
    this.say(
      `${quarter.name}: ${obstacles.length} obstacles logged in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`,
    );
  }

  async end(last: Period): Promise<void> {
    await this.sealUntil(sealableFrom(last).getTime() + HOUR);
  }

  private async sealUntil(instant: number): Promise<void> {
    while (this.due[0] && this.due[0].at <= instant) {
      const { period, at } = this.due.shift()!;
      this.clock.set(at);
      this.entropy.begin(`sealing ${period.name}`);
      await this.app.get(Jobs).runScheduled('seal_obstacle_releases');
      this.entropy.begin(`after ${period.name}`);
      this.say(`${period.name} was closed${period.quarter === 4 ? ', and its year' : ''}.`);
    }
  }

  private async logOne({ grantee, at, code, tier, agreementId }: SimulatedObstacle): Promise<void> {
    await this.log.log(actorOf(grantee), {
      code,
      tier,
      beganMonth: new Date(at).toISOString().slice(0, 10),
      text: 'Simulated.',
      agreementId,
    });
  }
}

function actorOf({ id, keyId, lineageId }: SimulatedGrantee): Actor {
  return { role: 'GRANTEE', organizationId: id, organizationIds: [id], keyId, lineageId, keyLineageId: lineageId };
}

/** What the doctor asks of any network holds for an invented one too. */
async function beSound(owner: pg.Client): Promise<void> {
  const broken = (await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0);
  if (broken.length > 0)
    throw new Error(`The simulated network is not sound: ${broken.map(({ name }) => name).join('; ')}`);
}
