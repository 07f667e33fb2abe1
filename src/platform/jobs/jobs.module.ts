import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import type { JobOptions } from './jobs.service.js';
import { JOB_OPTIONS, Jobs } from './jobs.service.js';

@Global()
@Module({})
export class JobsModule {
  static forRoot(options: JobOptions): DynamicModule {
    return { module: JobsModule, providers: [{ provide: JOB_OPTIONS, useValue: options }, Jobs], exports: [Jobs] };
  }
}
