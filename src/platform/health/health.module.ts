import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Draining } from '../http/draining.js';
import { EXPECTED_MIGRATIONS, HealthController } from './health.controller.js';

@Module({})
export class HealthModule {
  static forRoot(expectedMigrations: number): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [{ provide: EXPECTED_MIGRATIONS, useValue: expectedMigrations }, Draining],
    };
  }
}
