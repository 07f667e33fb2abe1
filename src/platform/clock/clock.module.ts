import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Entropy } from './entropy.js';

@Global()
@Module({})
export class ClockModule {
  static forRoot(clock: Clock, entropy: Entropy): DynamicModule {
    return {
      module: ClockModule,
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Entropy, useValue: entropy },
      ],
      exports: [Clock, Entropy],
    };
  }
}
