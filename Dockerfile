# The service alone, against a PostgreSQL of yours (DATABASE_URL). The embedded server is for development: its packages
# are left out here.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY migrations ./migrations
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
# docker build --build-arg GOODFAITH_COMMIT=$(git rev-parse HEAD) .
ARG GOODFAITH_COMMIT
ENV NODE_ENV=production PORT=4000 GOODFAITH_HOME=/data GOODFAITH_COMMIT=$GOODFAITH_COMMIT
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE schema.graphql openapi.json ./
# Served below /docs.
COPY docs ./docs
COPY examples ./examples
# Lets `npm run keys` and its like work here too.
COPY scripts/ensure-built.mjs ./scripts/
# The code belongs to root and the service runs as `node`: it cannot change itself. It writes to /data and /tmp only, so
# the root file system may be read-only.
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself, not npm: npm would not pass SIGTERM on.
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
