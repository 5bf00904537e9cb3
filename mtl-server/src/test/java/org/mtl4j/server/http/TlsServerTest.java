package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.TlsFiles;
import org.mtl4j.server.security.TlsIdentity;

/** TLS and mutual TLS over real connections, with the JDK's client and certificates. */
class TlsServerTest {
  @TempDir private static Path folder;
  private static TestCertificate server;
  private static TestCertificate known;
  private static TestCertificate stranger;

  @BeforeAll
  static void make() throws Exception {
    server = TestCertificate.make(folder, "server");
    known = TestCertificate.make(folder, "known");
    stranger = TestCertificate.make(folder, "stranger");
  }

  private TlsFiles files(TestCertificate server, Optional<TestCertificate> clients)
      throws Exception {
    server.certificate(folder.resolve("server.crt"));
    server.key(folder.resolve("server.key"));
    Optional<Path> trusted = clients.map(any -> folder.resolve("clients.crt"));
    if (clients.isPresent()) {
      clients.get().certificate(trusted.get());
    }
    return new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key"), trusted);
  }

  private HalfPlusTwoServer start(TlsFiles files) {
    return HalfPlusTwoServer.start(
        folder.resolve("models"),
        new Operations(
            Optional.empty(),
            List.of(),
            new Protection(Optional.of(files), Access.OPEN, Connections.DEFAULT)));
  }

  private static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void answersOverTlsAndWithClientsCertificatesOnly() throws Exception {
    try (HalfPlusTwoServer open = start(files(server, Optional.empty()))) {
      assertThat(open.by(client(server.trusted())).get("/v2/health/live")).startsWith("200 ");
      assertThatThrownBy(() -> open.by(client(known.trusted())).get("/v2/health/live"))
          .isInstanceOf(UncheckedIOException.class);
    }
    try (HalfPlusTwoServer mutual = start(files(server, Optional.of(known)))) {
      assertThat(mutual.by(client(known.trusting(server))).get("/v2/health/live"))
          .startsWith("200 ");
      assertThatThrownBy(() -> mutual.by(client(stranger.trusting(server))).get("/v2/health/live"))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> mutual.by(client(server.trusted())).get("/v2/health/live"))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void aKeyIsTheCertificatesOrTheServerDoesNotStart() throws Exception {
    TestCertificate rsa = TestCertificate.make(folder, "rsa", "RSA");
    TestCertificate other = TestCertificate.make(folder, "other", "RSA");
    for (TestCertificate one : List.of(server, rsa)) {
      TlsFiles files = files(one, Optional.empty());
      assertThat(new TlsIdentity(files, () -> 0).keyPair("*")).isNotNull();
      for (TestCertificate another : List.of(known, other)) {
        another.key(files.key());
        assertThatThrownBy(() -> start(files))
            .isInstanceOf(MtlException.class)
            .hasMessageContaining("found another one");
      }
    }
  }

  /** Files are copied one after the other: what is between them is in no use. */
  @Test
  void aCertificateWhoseKeyHasNotComeYetLeavesTheOldOnes() throws Exception {
    TlsFiles files = files(server, Optional.empty());
    AtomicLong nanos = new AtomicLong();
    TlsIdentity identity = new TlsIdentity(files, nanos::get);
    known.certificate(files.certificate());
    nanos.addAndGet(1_000_000_000L);
    assertThat(name(identity)).isEqualTo("CN=server");
    known.key(files.key());
    nanos.addAndGet(1_000_000_000L);
    assertThat(name(identity)).isEqualTo("CN=known");
  }

  private static String name(TlsIdentity identity) {
    return identity.keyPair("*").certificateChain().get(0).getSubjectX500Principal().getName();
  }

  @Test
  void filesThatChangeAreReadAgain() throws Exception {
    TlsFiles files = files(server, Optional.empty());
    AtomicLong nanos = new AtomicLong();
    TlsIdentity identity = new TlsIdentity(files, nanos::get);
    var before = identity.keyPair("*");
    known.certificate(files.certificate());
    known.key(files.key());
    assertThat(identity.keyPair("*")).isEqualTo(before);
    nanos.addAndGet(1_000_000_000L);
    assertThat(name(identity)).isEqualTo("CN=known");
    Files.writeString(files.key(), "no key");
    nanos.addAndGet(1_000_000_000L);
    assertThat(name(identity)).isEqualTo("CN=known");
    assertThatThrownBy(() -> new TlsIdentity(files, nanos::get))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("PKCS #8");
    Files.delete(files.key());
    assertThatThrownBy(() -> new TlsIdentity(files, nanos::get)).hasMessageContaining("not there");
  }
}
