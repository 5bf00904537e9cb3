package org.mtl4j.server.http;

import java.util.Optional;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.TlsFiles;

/**
 * Who comes in.
 *
 * @param tls what connections are made with; empty for connections without TLS
 * @param access who may ask
 * @param connections how many there may be, and how slow
 */
public record Protection(Optional<TlsFiles> tls, Access access, Connections connections) {
  /** Anybody who reaches the address, without TLS: that of this machine, say. */
  public static final Protection NONE =
      new Protection(Optional.empty(), Access.OPEN, Connections.DEFAULT);
}
