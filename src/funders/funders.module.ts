import { Module } from '@nestjs/common';
import { FundersResolver, ViewerAsFunderResolver } from './funders.resolver.js';
import { Funders } from './funders.service.js';

@Module({ providers: [Funders, FundersResolver, ViewerAsFunderResolver], exports: [Funders] })
export class FundersModule {}
