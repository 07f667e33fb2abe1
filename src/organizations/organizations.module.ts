import { Module } from '@nestjs/common';
import { OrganizationsResolver } from './organizations.resolver.js';
import { Organizations } from './organizations.service.js';

@Module({ providers: [Organizations, OrganizationsResolver], exports: [Organizations] })
export class OrganizationsModule {}
