import { Module } from '@nestjs/common';
import { MergeResolver } from './merge/merge.resolver.js';
import { Merge } from './merge/merge.service.js';
import { OrganizationsResolver } from './organizations.resolver.js';
import { Organizations } from './organizations.service.js';

@Module({ providers: [Organizations, OrganizationsResolver, Merge, MergeResolver], exports: [Organizations] })
export class OrganizationsModule {}
