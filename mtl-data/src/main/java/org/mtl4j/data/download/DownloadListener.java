package org.mtl4j.data.download;

import java.util.OptionalLong;

/** Is told how a download goes, and decides whether it goes on. */
public interface DownloadListener {
  /**
   * Bytes of a file are here.
   *
   * @param file its name
   * @param done bytes so far, those of an earlier try included
   * @param total its size; empty if it is not known
   */
  default void onBytes(String file, long done, OptionalLong total) {}

  /** A stage begins, such as {@code unpacking ml-100k.zip}. */
  default void onStage(String stage) {}

  /** Whether to stop; what is here so far stays for the next try. */
  default boolean stopRequested() {
    return false;
  }

  /**
   * Whether to fetch more than {@link DatasetDownload#ASK_BYTES}.
   *
   * @param bytes how many it will be, or more than which
   */
  default boolean approves(long bytes) {
    return false;
  }
}
