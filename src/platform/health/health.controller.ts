import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type pg from 'pg';
import { Public } from '../access/requires.js';
import { POOL } from '../db/database.service.js';
import { Jobs } from '../jobs/jobs.service.js';

export const EXPECTED_MIGRATIONS = Symbol('EXPECTED_MIGRATIONS');

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly jobs: Jobs,
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(EXPECTED_MIGRATIONS) private readonly expected: number,
  ) {}

  @Public()
  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers at all' })
  @ApiOkResponse({ description: 'It does' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @ApiOperation({ summary: 'Whether requests can be served: database, migrations, jobs' })
  @ApiOkResponse({ description: 'Ready' })
  @ApiServiceUnavailableResponse({ description: 'Not ready; says what is missing' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database(), () => this.running()]);
  }

  private async database(): Promise<HealthIndicatorResult> {
    const database = this.indicator.check('database');
    try {
      const { rows } = await this.pool.query<{ applied: string }>('SELECT count(*) AS applied FROM migrations');
      const applied = Number(rows[0].applied);
      const migrations = { applied, expected: this.expected };
      return applied === this.expected ? database.up({ migrations }) : database.down({ migrations });
    } catch {
      return database.down();
    }
  }

  private running(): HealthIndicatorResult {
    const jobs = this.indicator.check('jobs');
    return this.jobs.isRunning ? jobs.up() : jobs.down();
  }
}
