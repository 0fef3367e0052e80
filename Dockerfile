# One image for the six services and the set-up job. The workspace is copied as it is: our packages must not lie under
# node_modules, where Node does not run TypeScript. No build step.
FROM node:26-bookworm-slim

RUN npm install --global pnpm@10
WORKDIR /app

# what decides the dependencies comes first: editing code does not install again
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
COPY packages/contracts/package.json packages/contracts/
COPY packages/event-store/package.json packages/event-store/
COPY packages/formats/package.json packages/formats/
COPY packages/http/package.json packages/http/
COPY packages/kernel/package.json packages/kernel/
COPY packages/law/package.json packages/law/
COPY packages/messaging/package.json packages/messaging/
COPY packages/postgres/package.json packages/postgres/
COPY packages/privacy/package.json packages/privacy/
COPY services/affiliation/package.json services/affiliation/
COPY services/contributions/package.json services/contributions/
COPY services/landsbond/package.json services/landsbond/
COPY services/reimbursement/package.json services/reimbursement/
COPY services/rights/package.json services/rights/
COPY services/riziv/package.json services/riziv/
COPY infra/kafka/package.json infra/kafka/
RUN pnpm install --prod --frozen-lockfile --filter './services/*' --filter '@ziv/kafka' \
    --filter './packages/contracts' --filter './packages/event-store' --filter './packages/formats' \
    --filter './packages/http' --filter './packages/kernel' --filter './packages/law' \
    --filter './packages/messaging' --filter './packages/postgres' --filter './packages/privacy'

COPY packages packages
COPY services services
COPY infra/kafka/src infra/kafka/src
COPY infra/topics.yaml infra/topics.yaml
COPY infra/compose/health.mjs infra/compose/health.mjs

# keys of the sandbox are made here on first use
RUN mkdir /keys && chown node:node /keys
USER node
ENV NODE_ENV=production PORT=8080
EXPOSE 8080
CMD ["node", "-e", "console.error('give the service as command, for example: node services/rights/src/main.ts'); process.exit(1)"]
