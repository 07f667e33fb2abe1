import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PublicId } from '../platform/api/derived.js';
import { Node, NodeType } from '../platform/api/node.js';
import { agreementById } from './agreements.loaders.js';

@NodeType('agreement', 'GrantAgreement', agreementById)
@ObjectType('GrantAgreement', { implements: () => [Node] })
export class GrantAgreement extends Node {
  @PublicId('agreement')
  @Field(() => ID)
  declare id: string;

  @Field(() => Int)
  version: number;
}
