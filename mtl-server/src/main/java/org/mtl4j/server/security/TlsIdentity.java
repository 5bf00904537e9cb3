package org.mtl4j.server.security;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * A server's certificate and key, and whom it trusts, for each connection those of the files as
 * they are then. Connections that are open keep theirs. Safe for several threads.
 */
public final class TlsIdentity implements TlsProvider {
  private final Reloaded<Loaded> loaded;

  /**
   * Reads the files.
   *
   * @param files what to read
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   * @throws MtlException FILE_MISSING or CONFIG_VALUE if they are not there, no PEM, or the key is
   *     not the certificate's
   */
  public TlsIdentity(TlsFiles files, LongSupplier nanos) {
    this.loaded = new Reloaded<>(files.all(), () -> load(files), nanos);
  }

  private record Loaded(TlsKeyPair pair, List<X509Certificate> clients) {}

  private static Loaded load(TlsFiles files) {
    for (Path file : files.all()) {
      if (!Files.isReadable(file)) {
        throw new MtlException(
            new Problem(
                ErrorCode.FILE_MISSING,
                file.toString(),
                "The file is not there, or cannot be read.",
                "Give a PEM file that the server may read."));
      }
    }
    TlsKeyPair pair;
    try {
      pair = TlsKeyPair.of(files.key().toFile(), files.certificate().toFile());
    } catch (RuntimeException e) {
      throw noPem(files.certificate() + ", " + files.key(), e);
    }
    if (!KeyMatch.of(pair.privateKey(), pair.certificateChain().get(0).getPublicKey())) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              files.key().toString(),
              "Expected the key of the certificate %s, found another one."
                  .formatted(files.certificate()),
              "Give the key that the certificate was asked for with; the server's own certificate"
                  + " comes first in its file."));
    }
    return new Loaded(pair, files.clients().map(TlsIdentity::certificates).orElse(List.of()));
  }

  private static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate found : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) found);
      }
    } catch (IOException | CertificateException e) {
      throw noPem(file.toString(), e);
    }
    if (certificates.isEmpty()) {
      throw noPem(file.toString(), null);
    }
    return certificates;
  }

  /** The cause's words are left out: they may have a piece of a key. */
  private static MtlException noPem(String files, Exception cause) {
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            files,
            "Expected certificates in PEM and their PKCS #8 key without a password, found none.",
            "openssl pkcs8 -topk8 -nocrypt makes such a key of another."),
        cause);
  }

  @Override
  public TlsKeyPair keyPair(String hostname) {
    return loaded.get().pair();
  }

  @Override
  public List<X509Certificate> trustedCertificates(String hostname) {
    return loaded.get().clients();
  }
}
