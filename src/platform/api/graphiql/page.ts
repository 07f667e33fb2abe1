/** The page and its one script. Everything they load is served by this service: it works without the internet. */
export function page(assets: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>Goodfaith GraphiQL</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${assets}/graphiql.min.css" />
    <link rel="stylesheet" href="${assets}/page.css" />
  </head>
  <body>
    <div id="graphiql">Loading ...</div>
    <script src="${assets}/react.production.min.js" defer></script>
    <script src="${assets}/react-dom.production.min.js" defer></script>
    <script src="${assets}/graphiql.min.js" defer></script>
    <script src="${assets}/start.js" defer></script>
  </body>
</html>
`;
}

export const STYLE = `html, body, #graphiql { height: 100%; margin: 0; }
`;

/**
 * Headers are not kept in the browser's storage: the Authorization header is a secret. A query in the address (as in
 * \`/graphql?query=...\`) is put into the editor and not run.
 */
export function startScript(endpoint: string): string {
  return `'use strict';
const given = new URLSearchParams(location.search);
const welcome = \`# Goodfaith. Public data needs no key; for everything else put yours into the headers below.
# Start here:
query Start {
  viewer {
    role
  }
}
\`;
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: ${JSON.stringify(endpoint)} }),
    query: given.get('query') ?? undefined,
    variables: given.get('variables') ?? undefined,
    defaultQuery: welcome,
    defaultHeaders: '{\\n  "Authorization": "Bearer gf_..."\\n}',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'headers',
  }),
);
`;
}
