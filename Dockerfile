# One target for each process: api, worker, slackbot, and migrate, which brings the tables up to date and ends.
#   docker build --target worker -t sevenfold-worker .
ARG NODE=node:24-bookworm-slim

# Compiles and bundles everything, then keeps what runs: the compiled code and the manifests.
FROM ${NODE} AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && npm run build
RUN mkdir /out && rm -rf libs/testing \
    && cp --parents -r package.json package-lock.json .npmrc libs/*/package.json plugins/*/package.json apps/*/package.json /out \
    && cp -r /out /manifests \
    && cp --parents -r libs/*/dist plugins/*/dist apps/*/dist scripts/migrate.mjs deploy/healthcheck.mjs /out \
    && find /out \( -name '*.d.ts' -o -name '.tsbuildinfo' \) -delete

# The packages each process needs at run time, and no others. Nothing of them has to be compiled, so no script runs.
FROM ${NODE} AS dependencies
WORKDIR /app
COPY --from=build /manifests ./

FROM dependencies AS api-dependencies
RUN npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund -w @sevenfold/api \
    && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)*linux-gnu" -exec rm -rf {} +

FROM dependencies AS worker-dependencies
RUN npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund -w @sevenfold/worker \
    && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)*linux-gnu" -exec rm -rf {} +

FROM dependencies AS slackbot-dependencies
RUN npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund -w @sevenfold/slackbot \
    && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)*linux-gnu" -exec rm -rf {} +

FROM dependencies AS migrate-dependencies
RUN npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund -w @sevenfold/core

# tini passes signals on and buries the children nobody waits for (Chromium's).
FROM ${NODE} AS runtime
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--"]

FROM runtime AS migrate
COPY --from=migrate-dependencies /app ./
COPY --from=build /out ./
USER node
CMD ["node", "scripts/migrate.mjs"]

FROM runtime AS slackbot
COPY --from=slackbot-dependencies /app ./
COPY --from=build /out ./
USER node
EXPOSE 3001 3003
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "deploy/healthcheck.mjs", "HEALTH_PORT", "3003"]
CMD ["node", "apps/slackbot/dist/bundle/main.js"]

FROM runtime AS worker
# What the packaged Chromium (the PDF of an agreement) takes from the system: NSS, expat, and fonts with Arabic and Hebrew.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core libexpat1 libnspr4 libnss3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=worker-dependencies /app ./
COPY --from=build /out ./
# Told how much it may take, Node tidies up in time: without, it grows to several times what it needs where there is much memory.
ENV NODE_OPTIONS=--max-old-space-size=1024
USER node
EXPOSE 3002
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "deploy/healthcheck.mjs", "HEALTH_PORT", "3002"]
CMD ["node", "apps/worker/dist/bundle/main.js"]

# The last one is what a build without --target makes.
FROM runtime AS api
COPY --from=api-dependencies /app ./
COPY --from=build /out ./
USER node
EXPOSE 3000 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "deploy/healthcheck.mjs", "API_PORT", "3000"]
CMD ["node", "apps/api/dist/bundle/main.js"]
