import { Global, Module } from '@nestjs/common';
import { EventSealer } from './event-sealer.service.js';
import { EventsResolver } from './events.resolver.js';
import { Events } from './events.service.js';
import { HistoryHeadsController } from './history-heads.controller.js';
import { HistoryHeads } from './history-heads.service.js';

@Global()
@Module({
  controllers: [HistoryHeadsController],
  providers: [EventSealer, Events, EventsResolver, HistoryHeads],
  exports: [EventSealer, Events, HistoryHeads],
})
export class EventsModule {}
