package org.mtl4j.data.download;

import java.io.IOException;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** What goes wrong with downloads, in words. */
final class Failure {
  private static final String AGAIN = "What is here so far is kept: run the command again.";

  private Failure() {}

  static MtlException wrong(String where, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_FORMAT, where, what, remedy));
  }

  static MtlException cut(String url, long found, long expected) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            url,
            String.format(
                Locale.ROOT, "The connection ended after %,d of %,d bytes.", found, expected),
            AGAIN));
  }

  static MtlException broken(String url, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            url,
            "The file cannot be fetched: " + e + ".",
            "Check the network. " + AGAIN),
        e);
  }

  static MtlException written(String path, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path,
            "The file cannot be written: " + e + ".",
            "Check that there is room and that you may write to the folder. " + AGAIN),
        e);
  }
}
