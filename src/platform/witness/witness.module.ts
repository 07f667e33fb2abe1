import { Global, Module } from '@nestjs/common';
import { KeyEndings } from './key-endings.service.js';
import { Witness } from './witness.service.js';

@Global()
@Module({ providers: [KeyEndings, Witness], exports: [KeyEndings, Witness] })
export class WitnessModule {}
