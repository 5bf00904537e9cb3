package org.mtl4j.data.download;

import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** How much a download may fetch before somebody is asked; asked once. */
final class Budget {
  private final String set;
  private final long limit;
  private final DownloadListener listener;
  private boolean approved;
  private long kept;

  Budget(String set, long limit, DownloadListener listener) {
    this.set = set;
    this.limit = limit;
    this.listener = listener;
  }

  /** The next file is known to have so many bytes. */
  void expect(long bytes) {
    check(kept + bytes, "");
  }

  /** So many bytes of the file at hand are here, and who knows how many come. */
  void spend(long bytes) {
    check(kept + bytes, "more than ");
  }

  /** A file of so many bytes is here. */
  void keep(long bytes) {
    kept += bytes;
  }

  private void check(long bytes, String more) {
    if (approved || bytes <= limit) {
      return;
    }
    if (!listener.approves(bytes)) {
      if (listener.stopRequested()) {
        throw new Interrupted(); // That was the answer.
      }
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "mtl datasets get " + set,
              String.format(
                  Locale.ROOT,
                  "This fetches %s%,d bytes (%,.1f MB), and more than %,.0f MB are not fetched"
                      + " unasked.",
                  more,
                  bytes,
                  bytes / 1e6,
                  limit / 1e6),
              "Add --yes if that is meant."));
    }
    approved = true;
  }
}
