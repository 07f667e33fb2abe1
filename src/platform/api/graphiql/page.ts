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
 * The Authorization header is a secret: it stays in the page's memory, so the history, too, is stored without headers.
 * A query in the address (`/graphql?query=...`) is put into the editor and not run.
 */
export function startScript(endpoint: string): string {
  return `'use strict';
const given = new URLSearchParams(location.search);
const welcome = \`# What everybody may read needs no key: this runs as it is.
query Start {
  network {
    id
    stewardship
  }
  funders(first: 3) {
    nodes {
      organization {
        name
      }
    }
  }
}

# With a key more is answered. Put the key into the headers below,
#   {"Authorization": "Bearer gf_..."}
# take out the mark before each line, and choose Mine beside the button that runs.
# query Mine {
#   viewer {
#     role
#   }
# }
\`;
const withoutHeaders = (text) => JSON.stringify(JSON.parse(text, (key, value) => (key === 'headers' ? undefined : value)));
const storage = {
  get length() {
    return localStorage.length;
  },
  clear: () => localStorage.clear(),
  getItem: (key) => localStorage.getItem(key),
  removeItem: (key) => localStorage.removeItem(key),
  setItem: (key, value) => {
    if (key.endsWith(':headers')) return;
    const holdsHeaders = /:(queries|favorites|tabState)$/.test(key);
    localStorage.setItem(key, holdsHeaders ? withoutHeaders(value) : value);
  },
};
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: ${JSON.stringify(endpoint)} }),
    query: given.get('query') ?? undefined,
    variables: given.get('variables') ?? undefined,
    defaultQuery: welcome,
    storage,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'headers',
  }),
);
`;
}
