import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

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
  return SwaggerModule.createDocument(app, about);
}
