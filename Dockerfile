# One image for the six services and the set-up job. The workspace is copied as it is: our packages must not lie under
# node_modules, where Node does not run TypeScript. No build step.
FROM node:26-bookworm-slim AS installed

RUN npm install --global pnpm@10
WORKDIR /app

# the lockfile decides the dependencies: editing code does not fetch again, and a new package changes nothing here
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
RUN pnpm fetch --prod

COPY packages packages
COPY services services
COPY infra/kafka infra/kafka
COPY infra/topics.yaml infra/topics.yaml
COPY infra/compose/health.mjs infra/compose/health.mjs
# the services and the set-up job, with the packages they stand on (the three dots)
# anew and without what is optional: the fetch laid out the whole workspace, with a second Node and a PostgreSQL in it
RUN rm -rf node_modules && pnpm install --offline --prod --no-optional --frozen-lockfile --filter '{services/*}...' --filter '@ziv/kafka...'

FROM node:26-bookworm-slim
WORKDIR /app
COPY --from=installed /app /app

# keys of the sandbox, and notes of the logs with the keys that sign them, are made here on first use
RUN mkdir /keys /notes && chown node:node /keys /notes
USER node
ENV NODE_ENV=production PORT=8080
EXPOSE 8080
CMD ["node", "-e", "console.error('give the service as command, for example: node services/rights/src/main.ts'); process.exit(1)"]
