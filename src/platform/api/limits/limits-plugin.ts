import type { ApolloServerPlugin } from '@apollo/server';
export function limitsPlugin(): ApolloServerPlugin {
  return {};
}
