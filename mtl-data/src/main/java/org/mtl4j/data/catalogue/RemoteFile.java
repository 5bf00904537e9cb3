package org.mtl4j.data.catalogue;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that a publisher offers. What is not known for certain is empty.
 *
 * @param name as it is called once it is here
 * @param url where it is; empty where the publisher asks for a login or a form first
 * @param bytes its size
 * @param checksum of its bytes
 */
public record RemoteFile(
    String name, Optional<URI> url, OptionalLong bytes, Optional<Checksum> checksum) {
  /**
   * Checks that the name is one of a file.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public RemoteFile {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("expected a file's name, found " + name);
    }
  }

  /** A file at an address that ends in its name, of which neither size nor checksum is known. */
  public static RemoteFile at(String url) {
    return new RemoteFile(
        url.substring(url.lastIndexOf('/') + 1),
        Optional.of(URI.create(url)),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** A file that has no address of its own. */
  public static RemoteFile onRequest(String name) {
    return new RemoteFile(name, Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  /** The same file, of a known size and checksum. */
  public RemoteFile with(long size, Checksum sum) {
    return new RemoteFile(name, url, OptionalLong.of(size), Optional.of(sum));
  }

  /** The same file, of a known checksum. */
  public RemoteFile with(Checksum sum) {
    return new RemoteFile(name, url, bytes, Optional.of(sum));
  }
}
