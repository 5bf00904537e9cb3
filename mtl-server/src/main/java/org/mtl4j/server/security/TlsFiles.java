package org.mtl4j.server.security;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server shows and asks for over TLS, in PEM files, read again when they have changed.
 * {@code --tls-certificate}, {@code --tls-key}, {@code --tls-clients}.
 *
 * @param certificate the server's, with those that vouch for it behind it
 * @param key the certificate's private one, PKCS #8, without a password
 * @param clients the certificates that vouch for clients, who have to show one then; empty for any
 *     client
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clients) {
  /** All of the files. */
  List<Path> all() {
    List<Path> all = new ArrayList<>(List.of(certificate, key));
    clients.ifPresent(all::add);
    return all;
  }
}
