import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Also where no key is needed: whoever sends one wants to be known by it, and would not notice that it has ended. */
const NOT_A_KEY =
  'UNAUTHENTICATED: a key was sent that is not known, has expired or was revoked. No key is needed: leave it out.';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The REST part of the contract; the GraphQL part is schema.graphql. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Goodfaith')
    .setDescription(
      'Files, streams and liveness. Everything else is GraphQL at /graphql. Errors are problem+json with the same codes.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, gf_<id>_<secret>' })
    .build();
  const document = SwaggerModule.createDocument(app, about);
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path) as OperationObject[])) {
    operation.responses['401'] ??= { description: NOT_A_KEY };
  }
  return document;
}
