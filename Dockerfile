# An image with clauselint alone: no shell, no other user than nobody.
#
#   docker build --build-arg VERSION=v1.2.3 -t clauselint .
#   docker run --rm --network none -v "$PWD:/repo:ro" clauselint contracts/
#
# The program is the same byte for byte however often it is built. For an image of which
# that holds too, set SOURCE_DATE_EPOCH and --output type=oci,rewrite-timestamp=true.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
ARG VERSION=(docker)
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -tags ne \
    -ldflags "-s -w -X main.version=$VERSION" -o /clauselint ./cmd/clauselint
RUN mkdir /licenses && cp LICENSE NOTICE /licenses && go run ./tools/audit -notices /licenses/THIRD-PARTY-LICENSES

FROM scratch
COPY --from=build /licenses /licenses
COPY --from=build /clauselint /clauselint
USER 65534:65534
WORKDIR /repo
ENTRYPOINT ["/clauselint"]
