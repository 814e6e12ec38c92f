# One image for every process; docker-compose.yml says which one it runs.
FROM node:24-bookworm-slim
WORKDIR /app
# What Chromium (in a package, for the PDF of an agreement) needs from the system.
RUN apt-get update && apt-get install -y --no-install-recommends libnss3 fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
COPY . .
RUN npm ci && npm run build && mkdir -p .sevenfold && chown -R node:node .sevenfold
ENV NODE_ENV=production
USER node
