import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { MIGRATIONS } from '../migrations/index.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AgreementsModule } from './agreements/agreements.module.js';
import type { Config } from './config.js';
import { FundersModule } from './funders/funders.module.js';
import { GranteesModule } from './grantees/grantees.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { NarrativeReportsModule } from './narrative-reports/narrative-reports.module.js';
import { ObstaclesModule } from './obstacles/obstacles.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { PublishedModule } from './statistics/published/published.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';
import { GraphqlApiModule } from './platform/api/graphql.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { Entropy } from './platform/clock/entropy.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { DbModule } from './platform/db/db.module.js';
import { EventsModule } from './platform/events/events.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { LedgerModule } from './platform/ledger/ledger.module.js';
import { WitnessModule } from './platform/witness/witness.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { WelcomeModule } from './welcome/welcome.module.js';
import { readSecrets } from './secrets.js';

export interface AppOptions {
  readonly config: Config;
  /** The service's login, and what keys cursors: from the configuration, or made for the embedded server. */
  readonly databaseUrl: string;
  /** One or several, as the setting has them. */
  readonly secret: string;
  /** Tests and simulations bring their own. */
  readonly clock?: Clock;
  readonly entropy?: Entropy;
}

@Module({})
export class AppModule {
  static forRoot({ config, databaseUrl, secret, clock, entropy }: Required<AppOptions>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ClockModule.forRoot(clock, entropy),
        DbModule.forRoot({ ...config, url: databaseUrl, secrets: readSecrets(secret) }),
        IdempotencyModule,
        JobsModule.forRoot({ url: databaseUrl, enabled: config.jobs }),
        EventsModule,
        FilesModule.forRoot(config),
        LedgerModule.forRoot(config),
        WitnessModule,
        HealthModule.forRoot(MIGRATIONS.length, config),
        AccountsModule,
        OrganizationsModule,
        FundersModule,
        GranteesModule,
        AgreementsModule,
        NarrativeReportsModule,
        ObstaclesModule,
        StatisticsModule.forRoot(config.statistics),
        PublishedModule,
        ImportsModule,
        WelcomeModule,
        GraphqlApiModule.forRoot(config),
      ],
    };
  }
}
