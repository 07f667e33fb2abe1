import type { OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ImportedSourceResolver } from './imported-source.resolver.js';
import { ImportsController } from './imports.controller.js';
import { Imports } from './imports.service.js';
import { leaveBodyUnread } from './unread-body.js';

@Module({ controllers: [ImportsController], providers: [Imports, ImportedSourceResolver], exports: [Imports] })
export class ImportsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    // The command line has no HTTP server.
    const adapter = this.host.httpAdapter as ReturnType<NestFastifyApplication['getHttpAdapter']> | undefined;
    if (adapter) leaveBodyUnread(adapter.getInstance(), '/v1/imports/360giving');
  }
}
