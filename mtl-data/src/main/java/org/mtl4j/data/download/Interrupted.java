package org.mtl4j.data.download;

/** The listener wanted the download to stop. */
final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
