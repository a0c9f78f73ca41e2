# avatar-bot in a container: its tree is read-only, its user is not root, and only /data is written.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM node:20.20.2-bookworm-slim
LABEL org.opencontainers.image.title="avatar-bot" org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 STORE_URL=file:/data
WORKDIR /app
COPY package.json package-lock.json manifest.yml LICENSE ./
RUN npm ci --omit=dev && npm cache clean --force
COPY upload-page ./upload-page
COPY --from=build /app/dist ./dist
# 1000 is the image's user `node`; by number, an orchestrator can tell that it is not root.
RUN mkdir /data && chown 1000:1000 /data
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=4 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--enable-source-maps", "dist/main.js"]
