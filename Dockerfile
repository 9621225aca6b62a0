# syntax=docker/dockerfile:1
# The broker as an image: built in one stage, run in another as a user without rights on a root that may be read-only.
# The database is a server of your own, named by DATABASE_URL; docs/how-to/run-in-containers.md says how.
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /opt/offtake
COPY . .
# Starting the command once installs exactly the lockfile and leaves the built command in its cache; the console is built once as
# well. What only builds and tests need goes afterwards.
RUN node bin/offtake.mjs --version \
 && node packages/web/build.mjs \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && node bin/offtake.mjs --version

FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="Offtake" \
      org.opencontainers.image.description="A self-hosted broker for AI compute under contract" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/offtake
COPY --from=build --chown=0:0 /opt/offtake /opt/offtake
RUN ln -s /opt/offtake/bin/offtake.mjs /usr/local/bin/offtake
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=64
# A number, so that a cluster can see that it is not root.
USER 10001:10001
EXPOSE 8400
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8400/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The broker is the first process: it hears SIGTERM itself, answers what is on its way, and goes.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/opt/offtake/bin/offtake.mjs"]
CMD ["serve", "--listen", "0.0.0.0:8400"]
