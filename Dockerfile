# syntax=docker/dockerfile:1

# docker build --build-arg VERSION=$(git describe --tags --always) -t paceline .
# docker run -v paceline:/data -p 8080:8080 --env-file .env paceline

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION=dev
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /out/bot ./cmd/bot \
 && mkdir /out/data

# Certificates, time zones, a user and nothing else: no shell.
FROM gcr.io/distroless/static:nonroot
COPY --from=build /out/bot /bot
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
ENV PACELINE_STORE=bolt:/data/paceline.db
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/bot", "health"]
ENTRYPOINT ["/bot"]
CMD ["serve"]
