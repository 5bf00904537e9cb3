#!/bin/bash
# Whether the server on this container's port $1 (8501) is ready: exit code 0 or 1. It needs bash
# and nothing else, since images of Java need not have curl. Not for a server that speaks TLS.
exec 3<> "/dev/tcp/127.0.0.1/${1:-8501}" || exit 1
printf 'GET /v2/health/ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n' >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
