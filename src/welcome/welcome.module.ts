import { Module } from '@nestjs/common';
import { GuidesController } from './guides/guides.controller.js';
import { WelcomeController } from './welcome.controller.js';

@Module({ controllers: [WelcomeController, GuidesController] })
export class WelcomeModule {}
