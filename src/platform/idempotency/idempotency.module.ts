import { Global, Module } from '@nestjs/common';
import { Mutations } from './mutations.service.js';

@Global()
@Module({ providers: [Mutations], exports: [Mutations] })
export class IdempotencyModule {}
