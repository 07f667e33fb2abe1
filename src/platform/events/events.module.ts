import { Global, Module } from '@nestjs/common';
import { EventSealer } from './event-sealer.service.js';
import { EventsResolver } from './events.resolver.js';
import { Events } from './events.service.js';

@Global()
@Module({ providers: [EventSealer, Events, EventsResolver], exports: [EventSealer, Events] })
export class EventsModule {}
