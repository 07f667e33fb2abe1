import type { OnApplicationBootstrap } from '@nestjs/common';
import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/requires.js';
import { Clock, MOST_CLOCK_DIFFERENCE_MS } from '../clock/clock.js';
import { HOW_TO_MIGRATE } from '../db/fit-to-serve.js';
import type { Sight } from '../db/server-probe.js';
import { ServerProbes } from '../db/server-probe.js';
import { RETRY_AFTER_SECONDS } from '../errors/codes.js';
import { Draining } from '../http/draining.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Witness } from '../witness/witness.service.js';
import type { Build } from './build.js';
import { BUILD } from './build.js';

const START_THE_NEWER = 'The database was migrated by a newer version of Goodfaith: start that version.';
export const EXPECTED_MIGRATIONS = Symbol('EXPECTED_MIGRATIONS');

@ApiTags('health')
@Controller('health')
export class HealthController implements OnApplicationBootstrap {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly jobs: Jobs,
    private readonly witness: Witness,
    private readonly probes: ServerProbes,
    private readonly clock: Clock,
    private readonly draining: Draining,
    @Inject(EXPECTED_MIGRATIONS) private readonly expected: number,
    @Inject(BUILD) private readonly build: Build,
  ) {}

  /** Connects, so that the first who asks has an answer. */
  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.probes.first, ...this.probes.replicas].map((probe) => probe.look()));
  }

  @Public()
  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers at all' })
  @ApiOkResponse({ description: 'It does' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @ApiOperation({
    summary: 'Whether requests should be sent here: database, replicas, migrations, jobs, and no end to come',
    description:
      'Answers within 200 ms from connections of its own, and from what these said less than a second ago. `details` says what is missing: a database that does not answer, is read-only or has other migrations; jobs that do not run; `staying` is down where the node is about to end and still answers. `replicas` says how many do not answer: the first server is asked in their place. `clock` says whether the clock of this node and that of the database are over a minute apart: nothing is sealed then, and all else is served. `witness` says whether the database is what the witness outside of it says: else nothing is sealed and no jobs run, and callers are served. `build` is the version of the package, and the commit when whoever built it said so (`GOODFAITH_COMMIT`).',
  })
  @ApiOkResponse({ description: 'Ready' })
  @ApiServiceUnavailableResponse({ description: 'Not ready; says what is missing' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const seen = this.probes.first.look();
    try {
      return await this.health.check([
        async () => this.database(await seen),
        () => this.replicas(),
        async () => this.clocks(await seen),
        () => this.running(),
        () => this.staying(),
        () => this.compared(),
        () => this.built(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(503).header('retry-after', RETRY_AFTER_SECONDS);
      return error.getResponse() as object;
    }
  }

  private database(seen: Sight | null): HealthIndicatorResult {
    const database = this.indicator.check('database');
    if (!seen) return database.down();
    const { isReadOnly, migrations: applied } = seen;
    const told = { isReadOnly, migrations: { applied, expected: this.expected } };
    if (applied !== this.expected)
      return database.down({ ...told, todo: applied < this.expected ? HOW_TO_MIGRATE : START_THE_NEWER });
    return isReadOnly ? database.down(told) : database.up(told);
  }

  private async replicas(): Promise<HealthIndicatorResult> {
    const seen = await Promise.all(this.probes.replicas.map((probe) => probe.look()));
    const gone = seen.filter((sight) => sight === null).length;
    const replicas = this.indicator.check('replicas');
    // The first server answers in place of each that is gone: the node is ready.
    return replicas.up({ configured: seen.length, gone });
  }

  private clocks(seen: Sight | null): HealthIndicatorResult {
    const apart = seen ? Math.abs(this.clock.aheadOf(seen.now)) : 0;
    return this.indicator.check('clock').up({ agrees: apart <= MOST_CLOCK_DIFFERENCE_MS });
  }

  private running(): HealthIndicatorResult {
    const jobs = this.indicator.check('jobs');
    return this.jobs.isRunning ? jobs.up() : jobs.down();
  }

  /** Callers are answered by a restored database too, so it is ready; what it does not do is said. */
  private compared(): HealthIndicatorResult {
    const witness = this.indicator.check('witness');
    if (this.witness.mayAct) return witness.up();
    return witness.up({ sealingAndJobs: 'off', differences: this.witness.differences ?? 'not compared yet' });
  }

  private built(): HealthIndicatorResult {
    return this.indicator.check('build').up({ ...this.build });
  }

  /** A node that is about to end still answers, but nothing more should be sent to it. */
  private staying(): HealthIndicatorResult {
    const staying = this.indicator.check('staying');
    return this.draining.hasBegun ? staying.down() : staying.up();
  }
}
