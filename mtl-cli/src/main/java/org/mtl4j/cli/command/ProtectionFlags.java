package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.RateLimit;
import org.mtl4j.server.security.TlsFiles;
import picocli.CommandLine.Option;

/** Who comes in to a server. */
final class ProtectionFlags {
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "The server's certificate, PEM: connections are made with TLS alone then.")
  private Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key, PEM, PKCS #8.")
  private Path key;

  @Option(
      names = "--tls-clients",
      paramLabel = "FILE",
      description = "Certificates that vouch for clients, PEM: each has to show one then.")
  private Path clients;

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description = "Who may ask, a line a name and the SHA-256 of a key; default: anybody.")
  private Path keys;

  @Option(names = "--open-metrics", description = "Metrics need no key.")
  private boolean openMetrics;

  @Option(
      names = "--rate-limit",
      paramLabel = "N",
      description = "Requests a second of a key, or of an address; default: any number.")
  private Double rate;

  @Option(
      names = "--rate-burst",
      paramLabel = "N",
      description = "Requests that may come at once; default: those of a second.")
  private Integer burst;

  @Option(
      names = "--max-connections",
      defaultValue = "10000",
      paramLabel = "N",
      description = "How many connections may be open; default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--idle-timeout",
      defaultValue = "1m",
      converter = TimeText.class,
      paramLabel = "TIME",
      description = "How long a connection may be without a request; default: ${DEFAULT-VALUE}.")
  private Duration idle;

  @Option(
      names = "--max-header-bytes",
      defaultValue = "16384",
      paramLabel = "N",
      description = "How large a request's headers may be; default: ${DEFAULT-VALUE}.")
  private int headerBytes;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException for a value that is out of its range, or one that needs
   *     another
   */
  Protection protection() {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "expected --tls-certificate and --tls-key, found one of them");
    }
    if (clients != null && certificate == null) {
      throw new IllegalArgumentException("expected --tls-certificate beside --tls-clients");
    }
    if (burst != null && rate == null) {
      throw new IllegalArgumentException("expected --rate-limit beside --rate-burst");
    }
    return new Protection(
        Optional.ofNullable(certificate)
            .map(file -> new TlsFiles(file, key, Optional.ofNullable(clients))),
        new Access(Optional.ofNullable(keys), openMetrics, rate()),
        new Connections(connections, idle, headerBytes));
  }

  private Optional<RateLimit> rate() {
    return Optional.ofNullable(rate)
        .map(r -> new RateLimit(r, burst == null ? (int) Math.max(1, Math.ceil(r)) : burst));
  }
}
