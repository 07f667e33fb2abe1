import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Config } from '../../config.js';
import { Draining } from '../http/draining.js';
import type { Build } from './build.js';
import { BUILD, VERSION } from './build.js';
import { EXPECTED_MIGRATIONS, HealthController } from './health.controller.js';

@Module({})
export class HealthModule {
  static forRoot(expectedMigrations: number, { commit }: Pick<Config, 'commit'>): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        { provide: EXPECTED_MIGRATIONS, useValue: expectedMigrations },
        { provide: BUILD, useValue: { version: VERSION, commit } satisfies Build },
        Draining,
      ],
    };
  }
}
